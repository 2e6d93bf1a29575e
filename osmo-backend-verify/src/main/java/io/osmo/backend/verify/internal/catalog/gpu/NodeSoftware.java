// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.gpu;

import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.values.Versions;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import org.semver4j.Semver;

/** NVIDIA's software on GPU nodes, by the labels that GPU feature discovery sets. */
public final class NodeSoftware extends AbstractCheck {
    private final String label;
    private final Semver least;

    private NodeSoftware(String id, String title, Severity severity, String label, Semver least) {
        super(id, title, severity, Vantage.KUBERNETES);
        this.label = label;
        this.least = least;
    }

    public static NodeSoftware driverVersion() {
        return new NodeSoftware(
                "gpu.driver-version",
                "NVIDIA driver 535.216.03 or newer, where nodes report it",
                Severity.ERROR,
                "driver",
                Semver.create(535, 216, 3));
    }

    public static NodeSoftware cudaVersion() {
        return new NodeSoftware(
                "gpu.cuda-version",
                "CUDA 12.6 or newer, where nodes report it",
                Severity.WARNING,
                "runtime",
                Semver.create(12, 6, 0));
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.gpuNodes()
                        .map(all ->
                                all.stream().filter(n -> !version(n).isEmpty()).toList()),
                nodes -> each(
                        nodes,
                        "GPU nodes that report it",
                        n -> Versions.parse(version(n))
                                .filter(v -> v.isGreaterThanOrEqualTo(least))
                                .isPresent(),
                        this::version,
                        "Raise driver.version of the GPU Operator, or use a newer node image."));
    }

    private String version(NodeFacts node) {
        return GpuStack.version(node, label);
    }
}
