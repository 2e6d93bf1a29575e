// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.registry;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.probe.ProbeCheck;
import io.osmo.backend.verify.internal.catalog.probe.ProbeRemedies;
import io.osmo.backend.verify.probe.Probes;
import io.osmo.backend.verify.snapshot.ProbeFacts;
import io.osmo.backend.verify.snapshot.ReachFacts;
import io.osmo.backend.verify.snapshot.ReachFacts.Answer;
import io.osmo.backend.verify.snapshot.ReachFacts.Target;
import java.util.List;
import java.util.Set;

/** Registries other than the three public ones are reachable from each pool: those of the spec, of images to pull, and those named. */
public final class Private extends ProbeCheck {
    private static final Set<Integer> GOOD = Set.of(200, 401, 403);

    public Private() {
        super("registry.private", "private registries reachable from every pool", Requirement.RG_3, Severity.ERROR);
    }

    @Override
    protected Finding judge(ProbeFacts facts, Evidence evidence) {
        List<ReachFacts> others = facts.reaches().stream()
                .filter(r -> r.target() == Target.REGISTRY
                        && Probes.REGISTRIES.stream().noneMatch(host -> r.url().equals("https://" + host + "/v2/")))
                .toList();
        return all(
                others,
                "requests to private registries",
                ReachFacts::answer,
                answer -> GOOD.contains(answer.status()),
                Answer::describe,
                ProbeRemedies::of);
    }
}
