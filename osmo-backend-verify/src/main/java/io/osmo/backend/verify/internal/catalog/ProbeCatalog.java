// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog;

import io.osmo.backend.verify.check.Check;
import io.osmo.backend.verify.internal.catalog.gpu.NvidiaSmiProbe;
import io.osmo.backend.verify.internal.catalog.kai.ScheduleProbe;
import io.osmo.backend.verify.internal.catalog.network.Dns;
import io.osmo.backend.verify.internal.catalog.network.EgressProbe;
import io.osmo.backend.verify.internal.catalog.network.OsmoReachable;
import io.osmo.backend.verify.internal.catalog.network.WorkflowToOsmo;
import io.osmo.backend.verify.internal.catalog.network.WsIdle;
import io.osmo.backend.verify.internal.catalog.node.ClockSkew;
import io.osmo.backend.verify.internal.catalog.pool.ScaleFromZeroProbe;
import io.osmo.backend.verify.internal.catalog.probe.Removed;
import io.osmo.backend.verify.internal.catalog.registry.Private;
import io.osmo.backend.verify.internal.catalog.registry.PullEachPool;
import io.osmo.backend.verify.internal.catalog.registry.PullSecretAccepted;
import io.osmo.backend.verify.internal.catalog.registry.RegistryReachable;
import io.osmo.backend.verify.internal.catalog.registry.TestRunnerImages;
import io.osmo.backend.verify.internal.catalog.security.TlsCertificates;
import io.osmo.backend.verify.internal.catalog.security.TlsMinVersion;
import io.osmo.backend.verify.internal.catalog.storage.PvcProbe;
import java.util.List;

/** Checks that need a probe pod in the cluster; they are in the folders of their subjects. */
final class ProbeCatalog {
    private ProbeCatalog() {}

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
