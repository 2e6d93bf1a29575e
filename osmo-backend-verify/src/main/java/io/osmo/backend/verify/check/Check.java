// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.check;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A condition that a backend must meet, as a pure function of evidence. Safe for concurrent use. A host's own checks are found
 * by {@link java.util.ServiceLoader}, which needs a public constructor without parameters, or are passed to the verifier.
 */
public interface Check {
    /** Unique, dotted and lower case, such as {@code runtime.containerd-version}. */
    String id();

    /** What is expected, as a phrase, such as {@code containerd 1.7.27 or newer on every node}. */
    String title();

    /** The requirement that it proves; empty if it checks something else that OSMO needs. */
    Optional<Requirement> requirement();

    Severity severity();

    /** The vantages that the check needs. It is skipped if the snapshot lacks one of them. */
    Set<Vantage> vantages();

    /**
     * Judges the evidence and reads nothing else. An exception is reported as {@link Status#UNKNOWN} and does not stop other checks.
     *
     * @return at least one finding
     */
    List<Finding> evaluate(Evidence evidence);

    /** A check from a function that returns a status. Extend {@link AbstractCheck} for more precise texts. */
    static Check of(
            String id,
            String title,
            Requirement requirement,
            Severity severity,
            Vantage vantage,
            Function<Evidence, Status> judgment) {
        return new AbstractCheck(id, title, requirement, severity, vantage) {
            @Override
            protected Finding judge(Evidence evidence) {
                Status status = judgment.apply(evidence);
                return Finding.of(this, status, status == Status.PASS ? "as expected" : "not as expected", "");
            }
        };
    }
}
