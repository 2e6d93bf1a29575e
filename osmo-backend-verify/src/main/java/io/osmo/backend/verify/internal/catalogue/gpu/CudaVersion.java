// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.gpu;

import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.units.Versions;
import io.osmo.backend.verify.snapshot.Vantage;
import org.semver4j.Semver;

/** By the labels of GPU feature discovery. */
public final class CudaVersion extends AbstractCheck {
    private static final Semver LEAST = Semver.create(12, 6, 0);

    public CudaVersion() {
        super("gpu.cuda-version", "CUDA 12.6 or newer, as far as nodes say", Severity.WARNING, Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.gpuNodes()
                        .map(all -> all.stream()
                                .filter(n -> !GpuStack.version(n, "runtime").isEmpty())
                                .toList()),
                nodes -> each(
                        nodes,
                        "GPU nodes that say it",
                        n -> Versions.parse(GpuStack.version(n, "runtime"))
                                .filter(v -> v.isGreaterThanOrEqualTo(LEAST))
                                .isPresent(),
                        n -> GpuStack.version(n, "runtime"),
                        "Raise driver.version of the GPU Operator, or take a newer node image."));
    }
}
