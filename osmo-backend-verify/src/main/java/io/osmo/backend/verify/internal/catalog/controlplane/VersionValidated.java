// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.controlplane;

import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.cloud.CloudService;
import io.osmo.backend.verify.internal.cloud.CloudServices;
import io.osmo.backend.verify.internal.cloud.GpuValidation;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.Optional;

/** On some services OSMO was validated with GPUs only up to certain versions. */
public final class VersionValidated extends AbstractCheck {

    public VersionValidated() {
        super(
                "control-plane.version-validated",
                "GPU nodes with Kubernetes and containerd versions that OSMO was validated with",
                Severity.INFO,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.gpuNodes()
                        .map(all -> all.stream()
                                .filter(n -> validation(n).isPresent())
                                .toList()),
                nodes -> each(
                        nodes,
                        "GPU nodes with a limit on versions",
                        n -> validation(n).filter(v -> v.holds().test(n)).isPresent(),
                        n -> n.kubeletVersion() + " with " + n.runtimeVersion() + ", not "
                                + validation(n).map(GpuValidation::versions).orElse(""),
                        "Test a workflow on these nodes, or use a pool with those versions (long-term support)."));
    }

    private static Optional<GpuValidation> validation(NodeFacts node) {
        return CloudServices.hosting(node).flatMap(CloudService::gpuValidation);
    }
}
