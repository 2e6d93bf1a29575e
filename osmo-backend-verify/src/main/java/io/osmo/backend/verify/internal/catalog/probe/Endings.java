// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.probe;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Says which end failed how and what to do about it, where not all failed alike. */
final class Endings {
    /** Maximum number of causes that are reported. */
    private static final int CAUSES = 4;

    private Endings() {}

    /** The causes; if there are several, each after the ends that failed by it. */
    static String observed(List<Ending> endings) {
        return told(endings, Ending::cause, ": ");
    }

    /** The remedies; if there are several, each after the ends that it is for. Empty if there is none. */
    static String next(List<Ending> endings) {
        List<Ending> known = endings.stream().filter(e -> !e.remedy().isEmpty()).toList();
        return told(known, Ending::remedy, ": ");
    }

    private static String told(List<Ending> endings, Function<Ending, String> what, String separator) {
        Map<String, List<Ending>> groups =
                endings.stream().collect(Collectors.groupingBy(what, LinkedHashMap::new, Collectors.toList()));
        if (groups.size() <= 1) {
            return String.join("", groups.keySet());
        }
        String some = groups.entrySet().stream()
                .limit(CAUSES)
                .map(group -> ends(group.getValue()) + separator + group.getKey())
                .collect(Collectors.joining("; "));
        return some + (groups.size() > CAUSES ? "; and " + (groups.size() - CAUSES) + " more" : "");
    }

    private static String ends(List<Ending> endings) {
        List<String> ends = endings.stream().map(Ending::where).distinct().toList();
        return ends.stream().limit(2).collect(Collectors.joining(", "))
                + (ends.size() > 2 ? " and " + (ends.size() - 2) + " more" : "");
    }
}
