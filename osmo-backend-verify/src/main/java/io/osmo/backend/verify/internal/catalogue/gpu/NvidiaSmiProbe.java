// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.gpu;

import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalogue.probe.ProbeCheck;
import io.osmo.backend.verify.snapshot.GpuProbeFacts;
import io.osmo.backend.verify.snapshot.ProbeFacts;

/** A container that asks for one GPU sees one, on each pool that has any. */
public final class NvidiaSmiProbe extends ProbeCheck {
    public NvidiaSmiProbe() {
        super("gpu.nvidia-smi-probe", "a container that asks for a GPU sees it, on every GPU pool", Severity.ERROR);
    }

    @Override
    protected Finding judge(ProbeFacts facts, Evidence evidence) {
        return all(
                facts.gpus(),
                "GPU pools",
                GpuProbeFacts::sight,
                sight -> sight.exit() == 0 && !sight.gpus().isEmpty(),
                sight -> sight.exit() == 0
                        ? "nvidia-smi lists no GPU"
                        : "nvidia-smi ended with " + sight.exit() + ": " + sight.said(),
                sight -> "Look at the GPU Operator, or the cloud's device plugin: kubectl -n gpu-operator get pods.");
    }
}
