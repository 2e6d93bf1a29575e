// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.spec;

import java.util.Comparator;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Finds the word that was meant by one that is unknown. */
public final class DidYouMean {
    /** Longer words are not typing errors, and comparing takes time. */
    private static final int LONGEST = 80;

    private DidYouMean() {}

    /** A question that follows a remedy, such as {@code " Did you mean region?"}; empty when no candidate is near. */
    public static String among(String word, Iterable<String> candidates) {
        if (word.length() > LONGEST) {
            return "";
        }
        Set<String> near = new TreeSet<>(
                Comparator.<String>comparingInt(c -> distance(word, c)).thenComparing(Comparator.naturalOrder()));
        for (String candidate : candidates) {
            boolean begun = word.length() > 2 && candidate.startsWith(word.toLowerCase(Locale.ROOT));
            if (begun || distance(word, candidate) <= Math.max(1, candidate.length() / 3)) {
                near.add(candidate);
            }
        }
        return near.isEmpty() ? "" : " Did you mean " + near.iterator().next() + "?";
    }

    /** Levenshtein's distance without regard to case, hyphens and underscores. */
    private static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
        String b = other.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
