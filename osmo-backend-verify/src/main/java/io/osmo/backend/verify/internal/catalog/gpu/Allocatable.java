// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.gpu;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.values.Quantities;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.Vantage;

/** CN-1. */
public final class Allocatable extends AbstractCheck {
    /** What the device plugin calls shares of GPUs with {@code renameByDefault}. */
    private static final String SHARED = "nvidia.com/gpu.shared";

    public Allocatable() {
        super(
                "gpu.allocatable",
                "nvidia.com/gpu allocatable on every GPU node",
                Requirement.CN_1,
                Severity.ERROR,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.gpuNodes(),
                nodes -> given(GpuStack.installed(evidence), installed -> {
                    if (!nodes.isEmpty() && !installed) {
                        return skipped("the GPU Operator is not installed yet");
                    }
                    return each(
                            nodes.stream().filter(NodeFacts::available).toList(),
                            "GPU nodes",
                            n -> Quantities.amount(n.allocatable().getOrDefault("nvidia.com/gpu", ""))
                                            .orElse(0)
                                    >= 1,
                            n -> (isShared(n) ? "nothing but " + SHARED + " on " : "none on ") + n.instanceType(),
                            nodes.stream().anyMatch(Allocatable::isShared)
                                    ? "Remove sharing from the device plugin's configuration (GPU Operator: devicePlugin.config):"
                                            + " OSMO asks for whole GPUs, by the name nvidia.com/gpu."
                                    : GpuStack.remedy(
                                            evidence,
                                            "Check the driver and the device plugin: kubectl -n gpu-operator get pods -o wide"));
                }));
    }

    private static boolean isShared(NodeFacts node) {
        return Quantities.amount(node.allocatable().getOrDefault(SHARED, "")).orElse(0) >= 1;
    }
}
