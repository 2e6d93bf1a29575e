// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.console;

import io.osmo.backend.event.Event;
import java.time.Duration;
import java.util.Locale;

/** Words and numbers that both kinds of progress share. */
final class Text {
    private Text() {}

    /** {@code 4:05} or {@code 1:04:05}. */
    static String clock(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    /** {@code creating} for {@code CREATE}, and so on. */
    static String doing(String action) {
        return switch (action) {
            case "CREATE" -> "creating";
            case "UPDATE" -> "updating";
            case "REPLACE" -> "replacing";
            case "DELETE" -> "deleting";
            case "WAIT" -> "waiting for";
            default -> action.toLowerCase(Locale.ROOT);
        };
    }

    static String done(String action) {
        return switch (action) {
            case "CREATE" -> "created";
            case "UPDATE" -> "updated";
            case "REPLACE" -> "replaced";
            case "DELETE" -> "deleted";
            case "WAIT" -> "ready";
            default -> action.toLowerCase(Locale.ROOT);
        };
    }

    static String result(Event.ApplyFinished finished) {
        String words = switch (finished.result()) {
            case SUCCEEDED -> "Done";
            case DEGRADED -> "Done, with pools missing";
            case PARTIAL -> "Done in part; apply again to go on";
            case CANCELLED -> "Cancelled; apply again to go on";
            case DEADLINE_EXCEEDED -> "Out of time; apply again to go on";
            case ABORTED -> "Aborted";
        };
        return words + " after " + clock(finished.elapsed());
    }

    /** One line of at most so many columns, without control characters. */
    static String fit(String text, int width) {
        String line = text.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= width ? line : line.substring(0, Math.max(0, width - 1)) + "…";
    }
}
