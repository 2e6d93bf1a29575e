// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.plan;

import java.time.Duration;

/** Durations for people: {@code 45 s}, {@code 12 min}, {@code 1 h 5 min}. */
final class Durations {
    private Durations() {}

    static String text(Duration duration) {
        long seconds = Math.max(0, duration.plusMillis(500).toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        long minutes = seconds / 60;
        if (minutes < 60) {
            return minutes + " min" + (minutes < 10 && seconds % 60 != 0 ? " " + seconds % 60 + " s" : "");
        }
        return minutes / 60 + " h" + (minutes % 60 != 0 ? " " + minutes % 60 + " min" : "");
    }
}
