// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue;

import io.osmo.backend.verify.check.Check;
import io.osmo.backend.verify.internal.catalogue.gpu.NvidiaSmiProbe;
import io.osmo.backend.verify.internal.catalogue.kai.ScheduleProbe;
import io.osmo.backend.verify.internal.catalogue.network.Dns;
import io.osmo.backend.verify.internal.catalogue.network.EgressProbe;
import io.osmo.backend.verify.internal.catalogue.network.OsmoReachable;
import io.osmo.backend.verify.internal.catalogue.network.WorkflowToOsmo;
import io.osmo.backend.verify.internal.catalogue.network.WsIdle;
import io.osmo.backend.verify.internal.catalogue.node.ClockSkew;
import io.osmo.backend.verify.internal.catalogue.pool.ScaleFromZeroProbe;
import io.osmo.backend.verify.internal.catalogue.probe.Removed;
import io.osmo.backend.verify.internal.catalogue.registry.Private;
import io.osmo.backend.verify.internal.catalogue.registry.PullEachPool;
import io.osmo.backend.verify.internal.catalogue.registry.PullSecretAccepted;
import io.osmo.backend.verify.internal.catalogue.registry.RegistryReachable;
import io.osmo.backend.verify.internal.catalogue.registry.TestRunnerImages;
import io.osmo.backend.verify.internal.catalogue.security.TlsCertificates;
import io.osmo.backend.verify.internal.catalogue.security.TlsMinVersion;
import io.osmo.backend.verify.internal.catalogue.storage.PvcProbe;
import java.util.List;

/** Checks that need a probe pod in the cluster; they are in the folders of their subjects. */
final class ProbeCatalogue {
    private ProbeCatalogue() {}

    static List<Check> checks() {
        return List.of(
                new EgressProbe(),
                new Dns(),
                OsmoReachable.osmoHttp(),
                OsmoReachable.osmoWebsocket(),
                new WsIdle(),
                new WorkflowToOsmo(),
                new PvcProbe(),
                RegistryReachable.nvcrReachable(),
                RegistryReachable.ghcrReachable(),
                RegistryReachable.dockerReachable(),
                new PullEachPool(),
                new PullSecretAccepted(),
                new TestRunnerImages(),
                new Private(),
                new TlsMinVersion(),
                new TlsCertificates(),
                new ClockSkew(),
                new NvidiaSmiProbe(),
                new ScheduleProbe(),
                new ScaleFromZeroProbe(),
                new Removed());
    }
}
