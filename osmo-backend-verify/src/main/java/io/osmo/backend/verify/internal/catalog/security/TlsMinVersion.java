// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.security;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.probe.ProbeCheck;
import io.osmo.backend.verify.snapshot.ProbeFacts;
import io.osmo.backend.verify.snapshot.ReachFacts;
import io.osmo.backend.verify.snapshot.ReachFacts.Answer;
import io.osmo.backend.verify.snapshot.ReachFacts.Target;
import java.util.List;
import java.util.Set;

/** The TLS version negotiated with each endpoint. An endpoint with which none could be negotiated fails. */
public final class TlsMinVersion extends ProbeCheck {
    private static final Set<String> GOOD = Set.of("TLSv1.2", "TLSv1.3", "TLS1.2", "TLS1.3");

    public TlsMinVersion() {
        super("security.tls-min-version", "TLS 1.2 or newer at every endpoint", Requirement.SC_3, Severity.ERROR);
    }

    @Override
    protected Finding judge(ProbeFacts facts, Evidence evidence) {
        List<ReachFacts> ends = facts.reaches().stream()
                .filter(r -> r.target() != Target.CLUSTER_DNS && r.url().startsWith("https:"))
                .toList();
        return all(
                ends,
                "connections",
                reach -> reach.answer().flatMap(TlsMinVersion::negotiated),
                answer -> GOOD.contains(answer.tls()),
                answer -> answer.tls().isEmpty() ? answer.describe() : answer.tls(),
                answer -> "Enable TLS 1.2 or 1.3 at the endpoint, or at the proxy in between.");
    }

    /** Whether an answer says anything about TLS: the endpoint was reached and its certificate was accepted. */
    private static Fact<Answer> negotiated(Answer answer) {
        return answer.tls().isEmpty() && !answer.disagreed()
                ? Fact.unknown("the TLS version is not known: " + answer.describe())
                : Fact.of(answer);
    }
}
