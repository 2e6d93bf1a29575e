// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.console;

import io.osmo.backend.event.ProgressListener;
import java.io.Console;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chooses how progress is shown. */
public final class Terminal {
    private static final int DEFAULT_WIDTH = 100;

    private Terminal() {}

    /** Whether to redraw in place: only on a terminal that is not dumb, not that of a CI job, and not configured to be plain. */
    public static ProgressListener choose(boolean interactive, Map<String, String> environment, Appendable out) {
        boolean plain = !interactive
                || environment.containsKey("CI")
                || environment.containsKey("NO_COLOR")
                || environment.getOrDefault("TERM", "dumb").equals("dumb");
        return plain ? new LineProgress(out) : new TerminalProgress(out, width(environment));
    }

    /** Since JDK 22 there is a console even where there is no terminal; then it knows, by a method that JDK 17 has not. */
    public static boolean isThere(@Nullable Console console) {
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException before22) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    private static int width(Map<String, String> environment) {
        String columns = environment.getOrDefault("COLUMNS", "");
        return columns.matches("\\d{2,4}") ? Integer.parseInt(columns) : DEFAULT_WIDTH;
    }
}
