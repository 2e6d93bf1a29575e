// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.console;

import io.osmo.backend.event.ProgressListener;
import java.util.Map;

/** Chooses how progress is shown. */
public final class Terminal {
    private static final int DEFAULT_WIDTH = 100;

    private Terminal() {}

    /** A picture only where somebody looks at it: a terminal that is neither dumb, nor a CI job's, nor asked to be plain. */
    public static ProgressListener choose(boolean interactive, Map<String, String> environment, Appendable out) {
        boolean plain = !interactive
                || environment.containsKey("CI")
                || environment.containsKey("NO_COLOR")
                || environment.getOrDefault("TERM", "dumb").equals("dumb");
        return plain ? new LineProgress(out) : new TerminalProgress(out, width(environment));
    }

    private static int width(Map<String, String> environment) {
        String columns = environment.getOrDefault("COLUMNS", "");
        return columns.matches("\\d{2,4}") ? Integer.parseInt(columns) : DEFAULT_WIDTH;
    }
}
