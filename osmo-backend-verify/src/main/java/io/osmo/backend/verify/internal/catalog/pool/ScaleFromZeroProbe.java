// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.pool;

import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.probe.ProbeCheck;
import io.osmo.backend.verify.snapshot.ProbeFacts;
import io.osmo.backend.verify.snapshot.ScaleUpFacts;

/** The autoscaler adds a node to an empty pool when a pod needs one. */
public final class ScaleFromZeroProbe extends ProbeCheck {
    public ScaleFromZeroProbe() {
        super("pool.scale-from-zero-probe", "empty pools that add a node when a pod needs one", Severity.ERROR);
    }

    @Override
    protected Finding judge(ProbeFacts facts, Evidence evidence) {
        return all(
                facts.scaleUps(),
                "empty pools asked for a node",
                ScaleUpFacts::outcome,
                ScaleUpFacts.Outcome::placed,
                outcome -> "no node after " + outcome.seconds() + " s"
                        + (outcome.said().isEmpty() ? "" : ": " + outcome.said()),
                outcome -> "Check the autoscaler and the quota for the pool's machines: kubectl get events -A"
                        + " --field-selector reason=NotTriggerScaleUp.");
    }
}
