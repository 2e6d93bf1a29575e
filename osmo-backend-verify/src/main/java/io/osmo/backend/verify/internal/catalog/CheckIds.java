// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog;

import io.osmo.backend.spi.provider.PlainText;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Ids of checks as users write them: in full, or {@code pool.*} for all that start with {@code pool.}. */
public final class CheckIds {
    private static final int LONGEST = 200;

    private CheckIds() {}

    public static boolean matches(String pattern, String id) {
        return pattern.endsWith("*") ? id.startsWith(pattern.substring(0, pattern.length() - 1)) : id.equals(pattern);
    }

    public static boolean matchesAny(Collection<String> patterns, String id) {
        return patterns.stream().anyMatch(pattern -> matches(pattern, id));
    }

    /**
     * Refuses misspelled ids, because it would go unnoticed that the check is missing.
     *
     * @throws IllegalArgumentException naming each pattern that no id matches, with similar ids
     */
    public static void requireKnown(Collection<String> patterns, Collection<String> ids) {
        List<String> unknown = patterns.stream()
                .filter(pattern -> ids.stream().noneMatch(id -> matches(pattern, id)))
                .map(pattern ->
                        "no check has the id '" + PlainText.of(pattern, LONGEST) + "': " + alternatives(pattern, ids))
                .toList();
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", unknown));
        }
    }

    private static String alternatives(String pattern, Collection<String> ids) {
        String concern = concern(pattern);
        List<String> near =
                ids.stream().filter(id -> concern(id).equals(concern)).sorted().toList();
        Stream<String> choice = near.isEmpty() ? ids.stream().map(id -> concern(id) + ".*") : near.stream();
        return "there are " + choice.distinct().sorted().collect(Collectors.joining(", "));
    }

    /** The part before the first dot. */
    public static String concern(String id) {
        int dot = id.indexOf('.');
        return dot < 0 ? id : id.substring(0, dot);
    }
}
