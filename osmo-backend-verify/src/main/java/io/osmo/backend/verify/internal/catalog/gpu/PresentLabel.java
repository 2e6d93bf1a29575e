// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.gpu;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.Vantage;

/** CN-3: OSMO's GPU platform selects nodes by this label. */
public final class PresentLabel extends AbstractCheck {

    public PresentLabel() {
        super(
                "gpu.present-label",
                "the label nvidia.com/gpu.present=true on every GPU node",
                Requirement.CN_3,
                Severity.WARNING,
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
                            nodes,
                            "GPU nodes",
                            n -> n.label(NodeFacts.GPU_PRESENT).equals("true"),
                            n -> n.labels().containsKey(NodeFacts.GPU_PRESENT)
                                    ? NodeFacts.GPU_PRESENT + "=" + n.label(NodeFacts.GPU_PRESENT)
                                    : "no such label",
                            "Set it on the node pool. If it is false, the GPU Operator is waiting for feature discovery:"
                                    + " kubectl -n gpu-operator get pods -o wide");
                }));
    }
}
