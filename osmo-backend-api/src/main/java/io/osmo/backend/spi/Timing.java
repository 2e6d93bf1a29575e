// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi;

import java.time.Duration;

/**
 * How long a resource takes. The typical durations make the plan's estimate; the deadline bounds create, update and delete
 * each; the poll interval is how often the service likes to be asked.
 */
public record Timing(Duration create, Duration update, Duration delete, Duration poll, Duration deadline) {
    /** Something that is there as soon as the call returns, or a few seconds later. */
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
