// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.helm.internal.chart;

import java.util.List;
import java.util.regex.Pattern;

/** The documents of a stream of YAML. */
public final class Documents {
    /** As Helm splits what it renders. */
    private static final Pattern SEPARATOR = Pattern.compile("(?:^|\\s*\\n)---\\s*");

    private Documents() {}

    /** Those that hold more than comments. */
    public static List<String> of(String text) {
        return SEPARATOR
                .splitAsStream(text)
                .map(String::strip)
                .filter(document ->
                        document.lines().map(String::strip).anyMatch(line -> !line.isEmpty() && !line.startsWith("#")))
                .toList();
    }
}
