// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.network;

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

/** Registries and the OSMO service are reachable from each pool over TCP, TLS and HTTP, whatever they answer. */
public final class EgressProbe extends ProbeCheck {
    public EgressProbe() {
        super(
                "network.egress-probe",
                "registries and the OSMO service reachable from every pool",
                Requirement.NW_2,
                Severity.ERROR);
    }

    @Override
    protected Finding judge(ProbeFacts facts, Evidence evidence) {
        List<ReachFacts> outside = reaches(facts, Target.REGISTRY, Target.SERVICE);
        return all(
                outside,
                "requests from pools",
                ReachFacts::answer,
                Answer::answered,
                Answer::describe,
                ProbeRemedies::of);
    }
}
