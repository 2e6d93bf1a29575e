// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.gpu;

import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.probe.ProbeCheck;
import io.osmo.backend.verify.snapshot.GpuProbeFacts;
import io.osmo.backend.verify.snapshot.ProbeFacts;

/** On each pool with GPUs, a container that requests a GPU sees one. */
public final class NvidiaSmiProbe extends ProbeCheck {
    public NvidiaSmiProbe() {
        super(
                "gpu.nvidia-smi-probe",
                "a GPU visible to a container that requests one, on every GPU pool",
                Severity.ERROR);
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
                        : "nvidia-smi exited with " + sight.exit() + ": " + sight.said(),
                sight -> GpuStack.remedy(
                        evidence,
                        "Check the GPU Operator, or the cloud's device plugin: kubectl -n gpu-operator get pods."));
    }
}
