// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.resource;

/**
 * Something that prevents a deletion or replacement: deletion protection, a lock, or a foreign object inside. As long as there is one, an
 * apply of the plan is refused before anything is changed.
 *
 * @param subject what is protected or foreign, such as {@code cluster/train-west} or the ARN of a foreign node group
 * @param reason why it prevents the deletion, as a sentence without a full stop
 * @param remedy what to do about it, as a sentence
 */
public record Guard(String subject, String reason, String remedy) {
    @Override
    public String toString() {
        return subject + ": " + reason + ". " + remedy;
    }
}
