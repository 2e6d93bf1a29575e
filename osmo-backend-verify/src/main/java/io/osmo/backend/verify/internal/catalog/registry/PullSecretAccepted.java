// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.registry;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.probe.ProbeCheck;
import io.osmo.backend.verify.internal.catalog.probe.ProbeRemedies;
import io.osmo.backend.verify.internal.rules.PullCause;
import io.osmo.backend.verify.snapshot.ProbeFacts;
import io.osmo.backend.verify.snapshot.PullFacts;
import java.util.List;

/**
 * Registries accept the credentials that were given for them: an image was pulled with each. If the image does not exist or the
 * registry is not reachable, nothing is known about the credential.
 */
public final class PullSecretAccepted extends ProbeCheck {
    public PullSecretAccepted() {
        super("registry.pull-secret-accepted", "credentials that registries accept", Requirement.RG_2, Severity.ERROR);
    }

    @Override
    protected Finding judge(ProbeFacts facts, Evidence evidence) {
        List<PullFacts> withCredential =
                facts.pulls().stream().filter(PullFacts::withCredential).toList();
        return withCredential.isEmpty()
                ? skipped("no image was pulled with a credential; name an image with Probes.pull")
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
