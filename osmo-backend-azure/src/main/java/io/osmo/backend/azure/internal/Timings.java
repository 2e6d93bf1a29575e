// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal;

import io.osmo.backend.spi.Timing;
import java.time.Duration;

/** How long Azure takes: orders of magnitude from Microsoft's documentation, for estimates and deadlines. */
public final class Timings {
    private Timings() {}

    /**
     * @param create seconds, typically
     * @param update seconds, typically
     * @param delete seconds, typically
     * @param poll seconds between two polls at most
     * @param deadline minutes for each
     */
    public static Timing seconds(long create, long update, long delete, long poll, long deadline) {
        return new Timing(
                Duration.ofSeconds(create),
                Duration.ofSeconds(update),
                Duration.ofSeconds(delete),
                Duration.ofSeconds(poll),
                Duration.ofMinutes(deadline));
    }

    /** What is there as soon as ARM has answered. */
    public static Timing quick() {
        return seconds(1, 1, 1, 2, 15);
    }
}
