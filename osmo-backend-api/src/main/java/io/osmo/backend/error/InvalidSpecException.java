// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.error;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A spec or a stored plan violates one or more rules. Contains all violations. */
public final class InvalidSpecException extends OsmoBackendException {
    private static final long serialVersionUID = 1;

    /** The message shows at most this many; {@link #violations()} has all. */
    private static final int SHOWN = 25;

    private static final String CORRECT = "Correct the fields that are listed.";

    private final String document;
    private final transient List<Violation> violations;

    public InvalidSpecException(List<Violation> violations) {
        this("the spec", violations);
    }

    /** @param document what has the violations, such as {@code the plan} */
    public InvalidSpecException(String document, List<Violation> violations) {
        this(document, violations, CORRECT);
    }

    private InvalidSpecException(String document, List<Violation> violations, String remedy) {
        super(message(document, violations, remedy.equals(CORRECT)), remedy, null);
        this.document = document;
        this.violations = List.copyOf(violations);
    }

    /** For a stored plan that cannot be used. Plans are not corrected by hand, so the remedy is that of the violation. */
    public static InvalidSpecException ofPlan(Violation violation) {
        return new InvalidSpecException("the plan", List.of(violation), violation.remedy());
    }

    public List<Violation> violations() {
        return violations;
    }

    /**
     * This exception with the position of each violation.
     *
     * @param positions finds the position of a path, such as {@link io.osmo.backend.spec.SpecDocument#position}
     */
    public InvalidSpecException located(Function<String, Position> positions) {
        InvalidSpecException located = new InvalidSpecException(
                document,
                violations.stream()
                        .map(violation -> violation.position().isPresent()
                                ? violation
                                : violation.at(positions.apply(violation.path())))
                        .toList(),
                remedy());
        located.setStackTrace(getStackTrace());
        return located;
    }

    /** @param corrected whether each violation has its own remedy, in addition to that of the exception */
    private static String message(String document, List<Violation> violations, boolean corrected) {
        return violations.stream()
                .limit(SHOWN)
                .map(violation -> "\n\n" + (corrected ? violation.toParagraph() : violation.facts()))
                .collect(Collectors.joining(
                        "",
                        document + " has " + violations.size() + (violations.size() == 1 ? " error" : " errors"),
                        violations.size() > SHOWN ? "\n\n  and " + (violations.size() - SHOWN) + " further ones" : ""));
    }
}
