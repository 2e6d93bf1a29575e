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

    /** Levenshtein's distance, with two neighbors that are swapped as one error; without regard to case, hyphens and underscores. */
    private static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
        String b = other.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
        int[][] errors = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                errors[i][j] = i == 0 || j == 0
                        ? i + j
                        : Math.min(
                                errors[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1),
                                Math.min(errors[i - 1][j], errors[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    errors[i][j] = Math.min(errors[i][j], errors[i - 2][j - 2] + 1);
                }
            }
        }
        return errors[a.length()][b.length()];
    }
}
