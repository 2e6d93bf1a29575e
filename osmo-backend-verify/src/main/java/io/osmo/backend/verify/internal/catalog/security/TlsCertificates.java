// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.security;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.internal.catalog.probe.ProbeCheck;
import io.osmo.backend.verify.internal.catalog.probe.ProbeRemedies;
import io.osmo.backend.verify.snapshot.ProbeFacts;
import io.osmo.backend.verify.snapshot.ReachFacts;
import io.osmo.backend.verify.snapshot.ReachFacts.Answer;
import io.osmo.backend.verify.snapshot.ReachFacts.Target;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** Pods trust every certificate chain outside the cluster, and none expires within thirty days. */
public final class TlsCertificates extends ProbeCheck {
    /** An expiry within so many days is reported. */
    public static final int DAYS = 30;

    public TlsCertificates() {
        super(
                "security.tls-certificates",
                "certificates that pods trust and that are valid for another " + DAYS + " days",
                Requirement.SC_3,
                Severity.ERROR);
    }

    @Override
    protected Finding judge(ProbeFacts facts, Evidence evidence) {
        List<ReachFacts> ends = facts.reaches().stream()
                .filter(r -> r.target() != Target.CLUSTER_DNS && r.url().startsWith("https:"))
                .toList();
        Finding trust = all(
                ends,
                "certificates",
                reach -> reach.answer().flatMap(TlsCertificates::shown),
                answer -> !answer.distrusted(),
                Answer::describe,
                ProbeRemedies::certificate);
        if (trust.status() != Status.PASS) {
            return trust;
        }
        return given(evidence.today(), today -> expiry(ends, today, trust));
    }

    private Finding expiry(List<ReachFacts> ends, LocalDate today, Finding good) {
        List<ReachFacts> soon = ends.stream()
                .filter(end -> until(end).isBefore(today.plusDays(DAYS)))
                .toList();
        if (soon.isEmpty()) {
            return good;
        }
        LocalDate first = soon.stream()
                .map(TlsCertificates::until)
                .min(LocalDate::compareTo)
                .orElseThrow();
        boolean expired = first.isBefore(today);
        return breach(
                        expired ? severity() : Severity.WARNING,
                        "a certificate " + (expired ? "expired on " : "expires on ") + first,
                        "Renew the certificate.")
                .about(soon);
    }

    private static LocalDate until(ReachFacts end) {
        Instant until = end.answer().known().flatMap(Answer::certificateUntil).orElse(Instant.MAX);
        return until.equals(Instant.MAX) ? LocalDate.MAX : LocalDate.ofInstant(until, ZoneOffset.UTC);
    }

    /** Whether an answer says anything about a certificate, such as whether it is trusted and when it expires. */
    private static Fact<Answer> shown(Answer answer) {
        if (answer.distrusted()
                || answer.answered() && answer.certificateUntil().isPresent()) {
            return Fact.of(answer);
        }
        return Fact.unknown(
                answer.answered()
                        ? "curl reported no expiry; the image of the probe needs curl 7.88 or newer"
                        : answer.describe());
    }
}
