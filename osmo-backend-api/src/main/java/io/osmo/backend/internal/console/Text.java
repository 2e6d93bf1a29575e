// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.console;

import io.osmo.backend.event.Event;
import io.osmo.backend.internal.text.ForeignText;
import io.osmo.backend.plan.Action;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Words and numbers that both kinds of progress share. */
final class Text {
    private static final String INDENT = "    ";
    private static final int LONGEST = 16_384;

    private Text() {}

    /** {@code 4:05} or {@code 1:04:05}. */
    static String clock(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    /** {@code creating} for {@code CREATE}, and so on. */
    static String doing(Action action) {
        return switch (action) {
            case CREATE -> "creating";
            case UPDATE -> "updating";
            case REPLACE -> "replacing";
            case DELETE -> "deleting";
            case WAIT -> "waiting for";
        };
    }

    static String done(Action action) {
        return switch (action) {
            case CREATE -> "created";
            case UPDATE -> "updated";
            case REPLACE -> "replaced";
            case DELETE -> "deleted";
            case WAIT -> "ready";
        };
    }

    static String fellBack(Event.PoolFellBack event) {
        return "pool " + event.pool() + " falls back from " + event.from() + " to " + event.to() + ": "
                + event.reason();
    }

    static String result(Event.ApplyFinished finished) {
        String words = switch (finished.result()) {
            case SUCCEEDED -> "Done";
            case DEGRADED -> "Done, with pools missing";
            case PARTIAL -> "Done in part; plan and apply again to resume";
            case CANCELLED -> "Cancelled; plan and apply again to resume";
            case DEADLINE_EXCEEDED -> "Out of time; plan and apply again to resume";
            case ABORTED -> "Aborted";
        };
        return words + " (" + clock(finished.elapsed()) + ")";
    }

    /** {@code  in 4:05}; nothing for what was done at once. */
    static String in(Duration elapsed) {
        return elapsed.toSeconds() < 1 ? "" : " in " + clock(elapsed);
    }

    static String count(int resources) {
        return resources + (resources == 1 ? " resource" : " resources");
    }

    /** Without the delay, so that the same failure again is the same text. */
    static String retrying(Event.ResourceRetrying event) {
        return "will be tried again: " + event.error();
    }

    /** Lines of at most so many columns that say all of a text; those after the first are indented. */
    static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        String rest = plain(text).stripTrailing();
        while (rest.length() > width) {
            int blank = rest.lastIndexOf(' ', width);
            int cut = blank > INDENT.length() ? blank : width;
            lines.add(rest.substring(0, cut));
            rest = INDENT + rest.substring(cut).strip();
        }
        lines.add(rest);
        return lines;
    }

    /** One line of at most so many columns, without control characters. */
    static String fit(String text, int width) {
        String line = plain(text);
        return line.length() <= width ? line : line.substring(0, Math.max(0, width - 1)) + "…";
    }

    private static String plain(String text) {
        return ForeignText.line(text.replaceAll("\\p{Cntrl}+", " "), LONGEST);
    }
}
