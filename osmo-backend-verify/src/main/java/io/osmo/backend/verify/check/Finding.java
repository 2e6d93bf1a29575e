// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.check;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.internal.text.Plain;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What one check found. Each text is one line and safe to print: control characters from names in a cluster are replaced.
 *
 * @param check id of the check
 * @param requirement requirement that the check proves, if any
 * @param observed what was observed; never a secret
 * @param expected what was expected
 * @param resources the first {@value #KEPT} affected objects, such as {@code node/ip-10-0-0-4}
 * @param more how many more there are
 * @param next what to do next, a command or a setting; empty when there is nothing to do
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
    /** Maximum number of objects that a finding names in a line of text. */
    public static final int SHOWN = 10;

    /** Maximum number of objects that a finding holds. */
    public static final int KEPT = 500;

    public Finding {
        observed = Plain.of(observed);
        expected = Plain.of(expected);
        resources = resources.stream().map(Plain::of).toList();
        next = Plain.of(next);
    }

    /** Creates a finding, for checks that do not extend {@link AbstractCheck}. */
    public static Finding of(Check check, Status status, String observed, String next) {
        return new Finding(
                check.id(), check.requirement(), check.severity(), status, observed, check.title(), List.of(), 0, next);
    }

    /** Whether the check was skipped although it applies; {@link #next} then says how to have it run. */
    public boolean needsMore() {
        return status == Status.SKIPPED && !next.isEmpty();
    }

    /** What was observed and expected, where, and what to do, in a few lines. */
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

    /** The first affected objects in one line; empty when there are none. */
    public String where() {
        long hidden = Math.max(0, resources.size() - SHOWN) + (long) more;
        return resources.stream().limit(SHOWN).collect(Collectors.joining(", "))
                + (hidden > 0 ? " and " + hidden + " more" : "");
    }

    /** Status, check and what was observed, in one line. */
    @Override
    public String toString() {
        return status + " " + check + ": " + observed;
    }

    /** This finding with a remark after what was observed. */
    Finding noting(String remark) {
        return with(status, observed + "; " + remark);
    }

    Finding waived(String remark) {
        return with(Status.WAIVED, observed + "; " + remark);
    }

    private Finding with(Status other, String text) {
        return new Finding(check, requirement, severity, other, text, expected, resources, more, next);
    }

    /** This finding about these objects. */
    public Finding about(Collection<?> objects) {
        List<String> first = objects.stream().limit(KEPT).map(String::valueOf).toList();
        return new Finding(
                check, requirement, severity, status, observed, expected, first, objects.size() - first.size(), next);
    }

    /** This finding with a more precise expectation than the check's title. */
    public Finding expecting(String text) {
        return new Finding(check, requirement, severity, status, observed, text, resources, more, next);
    }
}
