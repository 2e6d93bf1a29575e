// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.security;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalogue.probe.ProbeCheck;
import io.osmo.backend.verify.snapshot.ProbeFacts;
import io.osmo.backend.verify.snapshot.ReachFacts;
import io.osmo.backend.verify.snapshot.ReachFacts.Answer;
import io.osmo.backend.verify.snapshot.ReachFacts.Target;
import java.util.List;
import java.util.Set;

/** The version of TLS that was agreed on with each end; an end that agrees on none at all counts too. */
public final class TlsMinVersion extends ProbeCheck {
    private static final Set<String> GOOD = Set.of("TLSv1.2", "TLSv1.3", "TLS1.2", "TLS1.3");

    public TlsMinVersion() {
        super("security.tls-min-version", "TLS 1.2 or newer at every end", Requirement.SC_3, Severity.ERROR);
    }

    @Override
    protected Finding judge(ProbeFacts facts, Evidence evidence) {
        List<ReachFacts> ends = facts.reaches().stream()
                .filter(r -> r.target() != Target.CLUSTER_DNS && r.url().startsWith("https:"))
                .toList();
        return all(
                ends,
                "connections",
                reach -> reach.answer().flatMap(TlsMinVersion::told),
                answer -> GOOD.contains(answer.tls()),
                answer -> answer.tls().isEmpty() ? answer.describe() : answer.tls(),
                answer -> "Let the other end, or the proxy in between, speak TLS 1.2 or 1.3.");
    }

    /** What says something about TLS: an end that was not reached does not, nor does a certificate that was refused. */
    private static Fact<Answer> told(Answer answer) {
        return answer.tls().isEmpty() && !answer.disagreed()
                ? Fact.unknown("no version of TLS is known: " + answer.describe())
                : Fact.of(answer);
    }
}
