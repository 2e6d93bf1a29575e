// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.report;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.internal.text.Plain;
import io.osmo.backend.verify.snapshot.OsmoFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether the OSMO service accepts the backend.
 *
 * @param state whether the service accepts the backend
 * @param text one sentence: the pools that are online, or the first fact that contradicts acceptance
 */
public record Acceptance(State state, String text) {
    private static final String POOL = "osmo.pool-online";

    public Acceptance {
        text = Plain.of(text);
    }

    /** Whether the service accepts a backend. */
    public enum State {
        ACCEPTED,
        NOT_ACCEPTED,
        /** Something that must hold could not be read. */
        UNKNOWN
    }

    /** Empty if the service was not asked, or if the check of its pools was left out. */
    public static Optional<Acceptance> of(Evidence evidence, List<Finding> findings) {
        if (!evidence.has(Vantage.OSMO)
                || findings.stream().noneMatch(f -> f.check().equals(POOL))) {
            return Optional.empty();
        }
        List<Finding> own = findings.stream()
                .filter(f -> f.severity() == Severity.ERROR && isAbout(f.check()))
                .toList();
        String name = evidence.snapshot().osmo().known().map(OsmoFacts::backend).orElse("the backend");
        return Optional.of(first(own, Status.FAIL, Status.WAIVED)
                .map(f -> new Acceptance(State.NOT_ACCEPTED, "OSMO does not accept " + name + ": " + f.observed()))
                .or(() -> first(own, Status.UNKNOWN)
                        .map(f -> new Acceptance(
                                State.UNKNOWN, "Whether OSMO accepts " + name + " is not known: " + f.observed())))
                .orElseGet(() -> new Acceptance(State.ACCEPTED, "OSMO accepts " + name + ": " + online(evidence))));
    }

    private static boolean isAbout(String check) {
        return check.startsWith("osmo.")
                || check.equals("operator.token-accepted")
                || check.equals("operator.token-match")
                || check.equals("operator.version-match");
    }

    /** A waiver changes the verdict, but not what the service does. */
    private static Optional<Finding> first(List<Finding> findings, Status... statuses) {
        return findings.stream()
                .filter(f -> List.of(statuses).contains(f.status()))
                .findFirst();
    }

    private static String online(Evidence evidence) {
        return evidence.snapshot().osmo().flatMap(OsmoFacts::ownPools).known().stream()
                .flatMap(List::stream)
                .map(Acceptance::pool)
                .collect(Collectors.joining("; "));
    }

    private static String pool(OsmoFacts.Pool pool) {
        String gpus = pool.gpus() instanceof Fact.Known<Integer> known && known.value() > 0
                ? ", " + known.value() + (known.value() == 1 ? " GPU" : " GPUs")
                : "";
        return "pool " + pool.name() + " " + pool.status() + gpus;
    }
}
