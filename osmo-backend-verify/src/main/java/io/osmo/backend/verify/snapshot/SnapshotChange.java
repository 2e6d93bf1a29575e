// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import java.util.Optional;

/**
 * One difference between two snapshots.
 *
 * @param path what differs, such as {@code nodes/ip-10-0-0-4/kubeletVersion}; objects in lists go by their name
 * @param before value in the earlier snapshot, as JSON; empty when it was not there
 * @param after value in the later snapshot, as JSON; empty when it is gone
 */
public record SnapshotChange(String path, Optional<String> before, Optional<String> after) {
    @Override
    public String toString() {
        if (before.isEmpty()) {
            return "+ " + path + ": " + after.orElse("");
        }
        return after.map(now -> "~ " + path + ": " + before.get() + " -> " + now)
                .orElseGet(() -> "- " + path + ": " + before.get());
    }
}
