// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.node;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.internal.catalog.probe.ProbeCheck;
import io.osmo.backend.verify.snapshot.ProbeFacts;
import io.osmo.backend.verify.snapshot.ReachFacts;
import io.osmo.backend.verify.snapshot.ReachFacts.Answer;
import io.osmo.backend.verify.snapshot.ReachFacts.Target;
import java.util.List;

/**
 * Clocks of nodes compared with that of the OSMO service, which considers a backend offline once its heartbeat is two minutes old.
 * Compared with clocks of registries if there is no service yet.
 */
public final class ClockSkew extends ProbeCheck {
    private static final long NOTICEABLE = 30;
    private static final long HARMFUL = 110;

    public ClockSkew() {
        super("node.clock-skew", "node clocks within " + NOTICEABLE + " s of the OSMO service", Severity.ERROR);
    }

    @Override
    protected Finding judge(ProbeFacts facts, Evidence evidence) {
        List<ReachFacts> service = reaches(facts, Target.SERVICE);
        List<ReachFacts> clocks = service.isEmpty() ? reaches(facts, Target.REGISTRY) : service;
        Finding finding = all(
                clocks,
                "clock comparisons",
                reach -> reach.answer().flatMap(ClockSkew::offset),
                offset -> Math.abs(offset) <= NOTICEABLE,
                offset -> "the clock is " + Math.abs(offset) + " s " + (offset > 0 ? "ahead" : "behind"),
                offset -> "Synchronize the nodes' clocks with NTP or chrony, and open UDP port 123 to its servers.");
        boolean harmful = clocks.stream()
                .flatMap(reach -> reach.answer().flatMap(ClockSkew::offset).known().stream())
                .anyMatch(offset -> Math.abs(offset) > HARMFUL);
        return finding.status() != Status.FAIL || harmful
                ? finding
                : breach(Severity.WARNING, finding.observed(), finding.next()).about(finding.resources());
    }

    private static Fact<Long> offset(Answer answer) {
        return answer.clockOffset()
                .map(Fact::of)
                .orElseGet(() -> Fact.unknown(answer.answered() ? "the other end sent no time" : answer.describe()));
    }
}
