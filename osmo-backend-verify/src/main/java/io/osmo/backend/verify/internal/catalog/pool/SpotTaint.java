// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.pool;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spec.Taint;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.cloud.CloudServices;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.Vantage;

/** CN-4: clouds put a taint on spot nodes, which OSMO's platform must tolerate. */
public final class SpotTaint extends AbstractCheck {
    public SpotTaint() {
        super(
                "pool.spot-taint",
                "no spot taint that the spec does not name",
                Requirement.CN_4,
                Severity.WARNING,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.nodes().map(all -> all.stream().filter(SpotTaint::spot).toList()),
                nodes -> each(
                        nodes,
                        "spot nodes",
                        n -> n.taints().stream()
                                .filter(t -> CloudServices.any(
                                                service -> service.spotTaints().contains(t.key()))
                                        && t.effect() != Taint.Effect.PREFER_NO_SCHEDULE)
                                .allMatch(t -> evidence.expected(n)
                                        .filter(p -> p.taints().contains(t))
                                        .isPresent()),
                        n -> "taints " + n.taints(),
                        "Add the taint to the pool in the spec, and a toleration to OSMO's platform for these nodes."));
    }

    private static boolean spot(NodeFacts node) {
        return CloudServices.any(service -> service.isSpot(node));
    }
}
