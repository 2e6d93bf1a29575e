// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.controlplane;

import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.values.Versions;
import io.osmo.backend.verify.snapshot.Vantage;
import org.semver4j.Semver;

/** OSMO has been validated on AKS with GPUs up to Kubernetes 1.33 and containerd 1.7. */
public final class VersionValidated extends AbstractCheck {

    public VersionValidated() {
        super(
                "control-plane.version-validated",
                "GPU nodes of AKS with Kubernetes 1.33 or older and containerd 1.7, as OSMO was validated",
                Severity.INFO,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.gpuNodes()
                        .map(all -> all.stream()
                                .filter(n -> n.providerId().startsWith("azure://"))
                                .toList()),
                nodes -> each(
                        nodes,
                        "GPU nodes of AKS",
                        n -> Versions.parse(n.kubeletVersion())
                                        .filter(v -> v.isLowerThan(Semver.create(1, 34, 0)))
                                        .isPresent()
                                && !n.runtimeVersion().startsWith("containerd://2."),
                        n -> n.kubeletVersion() + " with " + n.runtimeVersion(),
                        "Run a workflow of your own on these nodes, or use a pool with Kubernetes 1.33 (long-term support)."));
    }
}
