// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi;

import java.time.Duration;

/**
 * How long the operations of a resource take. Plans use the typical durations for their estimates.
 *
 * @param create typical duration of a creation
 * @param update typical duration of an update
 * @param delete typical duration of a deletion
 * @param poll interval between two reads while it is pending
 * @param deadline limit for each of create, update and delete
 */
public record Timing(Duration create, Duration update, Duration delete, Duration poll, Duration deadline) {
    /** For resources that exist as soon as the call returns, or a few seconds later. */
    public static Timing quick() {
        return new Timing(
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                Duration.ofMinutes(5));
    }

    /**
     * @param create seconds, typically
     * @param update seconds, typically
     * @param delete seconds, typically
     * @param poll seconds between two polls at most
     * @param deadline minutes for each of create, update and delete
     */
    public static Timing seconds(long create, long update, long delete, long poll, long deadline) {
        return new Timing(
                Duration.ofSeconds(create),
                Duration.ofSeconds(update),
                Duration.ofSeconds(delete),
                Duration.ofSeconds(poll),
                Duration.ofMinutes(deadline));
    }
}
