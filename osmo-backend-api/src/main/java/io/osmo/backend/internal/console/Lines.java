// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.console;

import java.util.ArrayList;
import java.util.List;

/** Lines for people, of a width that terminals, logs and review tools show whole. */
public final class Lines {
    private static final int WIDTH = 100;

    private Lines() {}

    /** A text broken at spaces where it would be too wide; words that are too long themselves are cut. */
    public static List<String> wrap(String text, String indent) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (rest.length() > WIDTH) {
            int space = rest.lastIndexOf(' ', WIDTH);
            int cut = rest.substring(0, Math.max(0, space)).isBlank() || space <= indent.length() ? WIDTH : space;
            lines.add(rest.substring(0, cut).stripTrailing());
            rest = indent + rest.substring(cut).stripLeading();
        }
        lines.add(rest.stripTrailing());
        return lines;
    }
}
