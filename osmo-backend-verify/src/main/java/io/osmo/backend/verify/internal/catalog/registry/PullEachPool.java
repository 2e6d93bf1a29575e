// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.registry;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.probe.ProbeCheck;
import io.osmo.backend.verify.internal.catalog.probe.ProbeRemedies;
import io.osmo.backend.verify.internal.rules.PullCause;
import io.osmo.backend.verify.snapshot.ProbeFacts;
import io.osmo.backend.verify.snapshot.PullFacts;

/** Nodes of each pool can pull images: that of the probe itself, and those that were named. */
public final class PullEachPool extends ProbeCheck {
    public PullEachPool() {
        super("registry.pull-each-pool", "images that every pool can pull", Requirement.RG_1, Severity.ERROR);
    }

    @Override
    protected Finding judge(ProbeFacts facts, Evidence evidence) {
        return all(
                facts.pulls(),
                "pulls",
                PullFacts::refusal,
                String::isEmpty,
                ProbeRemedies::pull,
                refusal -> PullCause.of(refusal).next());
    }
}
