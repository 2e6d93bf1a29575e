// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.gpu;

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
                            n -> "none on " + n.instanceType(),
                            GpuStack.remedy(
                                    evidence,
                                    "Check the driver and the device plugin: kubectl -n gpu-operator get pods -o wide"));
                }));
    }
}
