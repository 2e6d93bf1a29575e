// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.resource;

/**
 * Something that still exists after a backend was destroyed.
 *
 * @param kind kind of the object, such as {@code network-interface}
 * @param id the cloud's own id
 * @param reason why it still exists, such as {@code scheduled for deletion on 2026-12-24}
 * @param billed whether it costs money
 */
public record Leftover(String kind, String id, String reason, boolean billed) {
    /** All of it on one line. */
    @Override
    public String toString() {
        return kind + " " + id + ": " + reason + (billed ? " (costs money)" : "");
    }
}
