// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import io.osmo.backend.verify.internal.text.Plain;
import java.util.Optional;

/**
 * One difference between two snapshots.
 *
 * @param path what differs, such as {@code nodes/ip-10-0-0-4/kubeletVersion}; objects in lists are addressed by name
 * @param before value in the earlier snapshot: text as it is, anything else as JSON; empty when it is new
 * @param after value in the later snapshot; empty when it is gone
 */
public record SnapshotChange(String path, Optional<String> before, Optional<String> after) {
    private static final int SHOWN = 120;

    /** In one line: {@code +} if new, {@code -} if gone, {@code ~} if different. Long values are truncated. */
    @Override
    public String toString() {
        if (before.isEmpty()) {
            return "+ " + Plain.of(path) + ": " + shown(after);
        }
        return after.isEmpty()
                ? "- " + Plain.of(path) + ": " + shown(before)
                : "~ " + Plain.of(path) + ": " + shown(before) + " -> " + shown(after);
    }

    private static String shown(Optional<String> value) {
        String text = Plain.of(value.orElse(""));
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
