// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.check;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.internal.text.Plain;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What one check found. Texts are one line each and safe to print: control characters that a cluster's names may hold are
 * replaced.
 *
 * @param check id of the check
 * @param requirement requirement that it serves, if any
 * @param observed what is, in words; never a secret
 * @param expected what should be, in words
 * @param resources the first {@value #SHOWN} objects concerned, such as {@code node/ip-10-0-0-4}
 * @param more how many more there are
 * @param next the next thing to do, a command or a setting; empty when nothing is to be done
 */
public record Finding(
        String check,
        Optional<Requirement> requirement,
        Severity severity,
        Status status,
        String observed,
        String expected,
        List<String> resources,
        int more,
        String next) {
    /** How many objects a finding names. */
    public static final int SHOWN = 10;

    public Finding {
        observed = Plain.of(observed);
        expected = Plain.of(expected);
        resources = resources.stream().map(Plain::of).toList();
        next = Plain.of(next);
    }

    /** Of any check: for those that are not written as {@link AbstractCheck}. */
    public static Finding of(Check check, Status status, String observed, String next) {
        return new Finding(
                check.id(), check.requirement(), check.severity(), status, observed, check.title(), List.of(), 0, next);
    }

    /** Whether it was skipped although it applies: what it would prove stays unproven until the next step is taken. */
    public boolean needsMore() {
        return status == Status.SKIPPED && !next.isEmpty();
    }

    /** In a few lines: what was observed and expected, where, and what to do. */
    public String describe() {
        StringBuilder text = new StringBuilder("observed: " + observed + "\nexpected: " + expected);
        if (!resources.isEmpty()) {
            text.append("\nwhere: ").append(where());
        }
        if (!next.isEmpty()) {
            text.append("\nnext: ").append(next);
        }
        return text.toString();
    }

    /** The objects concerned in one line; empty when there are none. */
    public String where() {
        return String.join(", ", resources) + (more > 0 ? " and " + more + " more" : "");
    }

    /** Status, check and what was observed, in one line. */
    @Override
    public String toString() {
        return status + " " + check + ": " + observed;
    }

    /** The same with a remark beside what was observed. */
    Finding noting(String remark) {
        return with(status, observed + "; " + remark);
    }

    Finding waived(String remark) {
        return with(Status.WAIVED, observed + "; " + remark);
    }

    private Finding with(Status other, String text) {
        return new Finding(check, requirement, severity, other, text, expected, resources, more, next);
    }

    /** The same about these objects. */
    public Finding about(Collection<?> objects) {
        List<String> first = objects.stream().limit(SHOWN).map(String::valueOf).toList();
        return new Finding(
                check, requirement, severity, status, observed, expected, first, objects.size() - first.size(), next);
    }

    /** The same with an expectation that is more precise than the check's title. */
    public Finding expecting(String text) {
        return new Finding(check, requirement, severity, status, observed, text, resources, more, next);
    }
}
