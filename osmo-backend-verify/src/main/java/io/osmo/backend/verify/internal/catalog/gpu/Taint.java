// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.gpu;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spec.Taint.Effect;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.Vantage;

/** CN-4: NVIDIA's own components tolerate only this key. */
public final class Taint extends AbstractCheck {

    public Taint() {
        super(
                "gpu.taint",
                "the taint nvidia.com/gpu with effect NoSchedule on every GPU node",
                Requirement.CN_4,
                Severity.WARNING,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.gpuNodes(),
                nodes -> each(
                        nodes,
                        "GPU nodes",
                        n -> n.taints().stream()
                                .anyMatch(t -> t.key().equals("nvidia.com/gpu") && t.effect() == Effect.NO_SCHEDULE),
                        n -> n.taints().isEmpty() ? "no taint" : "taints " + n.taints(),
                        "Set the taint nvidia.com/gpu=present:NoSchedule on the pool."));
    }
}
