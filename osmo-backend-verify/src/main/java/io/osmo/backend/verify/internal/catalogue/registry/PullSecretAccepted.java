// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.registry;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalogue.probe.ProbeCheck;
import io.osmo.backend.verify.internal.catalogue.probe.ProbeRemedies;
import io.osmo.backend.verify.internal.rules.PullCause;
import io.osmo.backend.verify.snapshot.ProbeFacts;
import io.osmo.backend.verify.snapshot.PullFacts;
import java.util.List;

/** Registries for which there is a credential let it in: an image was pulled with it. A registry that refuses it for lack of the image, or that is not reached, has said nothing about the credential. */
public final class PullSecretAccepted extends ProbeCheck {
    public PullSecretAccepted() {
        super("registry.pull-secret-accepted", "the registry takes the credential", Requirement.RG_2, Severity.ERROR);
    }

    @Override
    protected Finding judge(ProbeFacts facts, Evidence evidence) {
        List<PullFacts> withCredential =
                facts.pulls().stream().filter(PullFacts::withCredential).toList();
        return withCredential.isEmpty()
                ? skipped("no image was pulled with a credential; name one with Probes.pull")
                : all(
                        withCredential,
                        "pulls with a credential",
                        pull -> pull.refusal().flatMap(PullSecretAccepted::verdict),
                        String::isEmpty,
                        ProbeRemedies::pull,
                        refusal -> PullCause.of(refusal).next());
    }

    private static Fact<String> verdict(String refusal) {
        return refusal.isEmpty() || PullCause.of(refusal) == PullCause.CREDENTIAL
                ? Fact.of(refusal)
                : Fact.unknown(ProbeRemedies.pull(refusal));
    }
}
