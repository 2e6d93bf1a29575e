// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.network;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.probe.ProbeCheck;
import io.osmo.backend.verify.internal.catalog.probe.ProbeRemedies;
import io.osmo.backend.verify.snapshot.ProbeFacts;
import io.osmo.backend.verify.snapshot.ReachFacts;
import io.osmo.backend.verify.snapshot.ReachFacts.Answer;
import io.osmo.backend.verify.snapshot.ReachFacts.Target;
import java.util.List;

/** Pods of each pool can resolve the cluster's own name and that of the OSMO service; otherwise OSMO's listener exits at once. */
public final class Dns extends ProbeCheck {
    public Dns() {
        super(
                "network.dns",
                "names of the cluster and of the OSMO service that resolve in every pool",
                Requirement.NW_2,
                Severity.ERROR);
    }

    @Override
    protected Finding judge(ProbeFacts facts, Evidence evidence) {
        List<ReachFacts> names = reaches(facts, Target.CLUSTER_DNS, Target.SERVICE);
        return all(
                names,
                "name lookups in pools",
                reach -> reach.answer().flatMap(Dns::lookedUp),
                Answer::resolved,
                Answer::describe,
                ProbeRemedies::of);
    }

    /** Whether an answer says anything about DNS. */
    private static Fact<Answer> lookedUp(Answer answer) {
        return answer.tried() ? Fact.of(answer) : Fact.unknown(answer.describe(), ProbeRemedies.of(answer));
    }
}
