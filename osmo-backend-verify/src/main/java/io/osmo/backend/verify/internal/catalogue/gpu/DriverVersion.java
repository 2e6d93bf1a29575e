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
public final class DriverVersion extends AbstractCheck {
    private static final Semver LEAST = Semver.create(535, 216, 3);

    public DriverVersion() {
        super(
                "gpu.driver-version",
                "NVIDIA driver 535.216.03 or newer, as far as nodes say",
                Severity.ERROR,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.gpuNodes()
                        .map(all -> all.stream()
                                .filter(n -> !GpuStack.version(n, "driver").isEmpty())
                                .toList()),
                nodes -> each(
                        nodes,
                        "GPU nodes that say it",
                        n -> Versions.parse(GpuStack.version(n, "driver"))
                                .filter(v -> v.isGreaterThanOrEqualTo(LEAST))
                                .isPresent(),
                        n -> GpuStack.version(n, "driver"),
                        "Raise driver.version of the GPU Operator, or take a newer node image."));
    }
}
