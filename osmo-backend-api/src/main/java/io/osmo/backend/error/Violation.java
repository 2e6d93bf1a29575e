// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.error;

import java.util.Optional;

/**
 * One thing that is wrong with a spec.
 *
 * @param path path of the field, such as {@code computePools[1].scale.max}
 * @param requirement id of the requirement that is broken, such as {@code OP-2}
 * @param given what was given, as text; never a secret
 * @param allowed what is allowed, as a sentence
 * @param remedy what to do
 */
public record Violation(String path, Optional<String> requirement, String given, String allowed, String remedy) {
    /** All of it on one line. */
    @Override
    public String toString() {
        return heading() + ": given " + given + "; allowed: " + allowed + ". " + remedy;
    }

    /** All of it on four lines, for a terminal. */
    public String toParagraph() {
        return "  " + heading() + "\n    given    " + given + "\n    allowed  " + allowed + "\n    remedy   " + remedy;
    }

    private String heading() {
        return path + requirement.map(id -> " (" + id + ")").orElse("");
    }
}
