// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend;

import io.osmo.backend.event.ProgressListener;
import io.osmo.backend.internal.console.JsonLineProgress;
import io.osmo.backend.internal.console.LineProgress;
import io.osmo.backend.internal.console.LoggerProgress;
import io.osmo.backend.internal.console.Terminal;
import io.osmo.backend.internal.console.TerminalProgress;
import org.slf4j.Logger;

/** Listeners that show the progress of an apply. Each follows one apply at a time, unless it says otherwise. */
public final class Progress {
    private Progress() {}

    /**
     * Writes to the standard output of this process: on a terminal a display that is redrawn in place; otherwise, or when {@code CI} or
     * {@code NO_COLOR} is set, one line for each event. The width is {@code COLUMNS}, or 100 if that is not set.
     */
    public static ProgressListener console() {
        return Terminal.choose(isTerminal(), System.getenv(), System.out);
    }

    /** Whether the standard output of this process is a terminal, on JDK 17 and later. */
    public static boolean isTerminal() {
        return Terminal.isThere(System.console());
    }

    /** One line for each event, with the time since the start of the apply. */
    public static ProgressListener lines(Appendable out) {
        return new LineProgress(out);
    }

    /**
     * One JSON object per line and event, for programs. What a resource waits for is said when it changes and once a minute, not after
     * each poll. Fields: {@code at} (ISO 8601), {@code backend}, {@code event} (the name of
     * the type of {@link io.osmo.backend.event.Event}), and the components of that type under their names; durations in ISO 8601.
     */
    public static ProgressListener jsonLines(Appendable out) {
        return new JsonLineProgress(out);
    }

    /**
     * Lines in the host's log: INFO for the apply and for each resource that is done, DEBUG for what is started, waited for and retried,
     * WARN for what fails. Safe for concurrent use, also for several applies.
     */
    public static ProgressListener slf4j(Logger log) {
        return new LoggerProgress(log);
    }

    /**
     * A display that is redrawn in place: overall progress along the critical path, and what is running.
     *
     * @param out a terminal that understands ANSI escapes
     * @param width its columns, at least 40
     */
    public static ProgressListener terminal(Appendable out, int width) {
        return new TerminalProgress(out, width);
    }
}
