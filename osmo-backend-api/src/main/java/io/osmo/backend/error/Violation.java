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
    @Override
    public String toString() {
        return path + requirement.map(r -> " [" + r + "]").orElse("") + ": given " + given + "; allowed: " + allowed
                + ". " + remedy;
    }
}
