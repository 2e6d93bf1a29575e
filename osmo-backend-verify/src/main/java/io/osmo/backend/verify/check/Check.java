// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.check;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One thing that must hold for a backend: a pure function of evidence. Safe for concurrent use. A host's own checks are found
 * by {@link java.util.ServiceLoader} (implementations need a public constructor without parameters) or given to the verifier.
 */
public interface Check {
    /** Unique, dotted and lower case, such as {@code runtime.containerd-version}. */
    String id();

    /** What should be, as a phrase, such as {@code containerd 1.7.27 or newer on every node}. */
    String title();

    /** Requirement that it serves; empty for what OSMO needs beyond them. */
    Optional<Requirement> requirement();

    Severity severity();

    /** What must have been looked at for this to be judged; otherwise it is skipped. */
    Set<Vantage> vantages();

    /**
     * Judges. Reads nothing but the evidence. An exception is reported as {@link Status#UNKNOWN} and does not stop the others.
     *
     * @return at least one finding
     */
    List<Finding> evaluate(Evidence evidence);

    /** A check made of a function that gives one finding; {@link AbstractCheck} has the words for it. */
    static Check of(
            String id,
            String title,
            Requirement requirement,
            Severity severity,
            Vantage vantage,
            Function<Evidence, Status> judgement) {
        return new AbstractCheck(id, title, requirement, severity, vantage) {
            @Override
            protected Finding judge(Evidence evidence) {
                Status status = judgement.apply(evidence);
                return Finding.of(this, status, status == Status.PASS ? "as expected" : "not as expected", "");
            }
        };
    }
}
