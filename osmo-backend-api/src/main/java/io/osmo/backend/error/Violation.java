// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.error;

import io.osmo.backend.internal.text.ForeignText;
import java.util.Optional;

/**
 * One violation of a rule for specs.
 *
 * @param path path of the field, such as {@code computePools[1].scale.max}
 * @param requirement id of the violated requirement, such as {@code OP-2}
 * @param given what was given, as text; never a secret
 * @param allowed what is allowed, as a phrase
 * @param remedy what to do
 * @param position position of the field, or of what it would be part of if it is missing, in the text that the spec was read from; empty
 *     if there is no text
 */
public record Violation(
        String path,
        Optional<String> requirement,
        String given,
        String allowed,
        String remedy,
        Optional<Position> position) {
    private static final int LONGEST_PATH = 1_000;
    private static final int LONGEST_GIVEN = 400;
    private static final int LONGEST_SENTENCE = 2_000;

    /** Texts are made safe to print and cut to a readable length. */
    public Violation {
        path = ForeignText.line(path, LONGEST_PATH);
        given = ForeignText.line(given, LONGEST_GIVEN);
        allowed = ForeignText.lines(allowed, LONGEST_SENTENCE);
        remedy = ForeignText.lines(remedy, LONGEST_SENTENCE);
    }

    /** A violation without a position. */
    public Violation(String path, Optional<String> requirement, String given, String allowed, String remedy) {
        this(path, requirement, given, allowed, remedy, Optional.empty());
    }

    /** This violation with a position. */
    public Violation at(Position position) {
        return new Violation(path, requirement, given, allowed, remedy, Optional.of(position));
    }

    /** All of it on one line. */
    @Override
    public String toString() {
        return place() + heading() + ": given " + given + "; allowed: " + allowed + ". " + remedy;
    }

    /** All of it on four lines, for a terminal. */
    public String toParagraph() {
        return facts() + "\n    remedy   " + remedy;
    }

    /** The paragraph without the remedy. */
    String facts() {
        return "  " + place() + heading() + "\n    given    " + given + "\n    allowed  " + allowed;
    }

    private String place() {
        return position.map(at -> at + ": ").orElse("");
    }

    private String heading() {
        return path + requirement.map(id -> " (" + id + ")").orElse("");
    }
}
