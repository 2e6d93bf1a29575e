// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.fault;

/** Patterns for names in which {@code *} matches any number of characters. */
final class Wildcards {
    private Wildcards() {}

    /** Whether there is a name that both patterns match. */
    static boolean overlap(String one, String other) {
        // reachable[j]: what has been read of one can also be read from the first j characters of other.
        boolean[] reachable = new boolean[other.length() + 1];
        reachable[0] = true;
        skip(other, reachable);
        for (int i = 0; i < one.length(); i++) {
            char c = one.charAt(i);
            boolean[] next = new boolean[other.length() + 1];
            for (int j = 0; j <= other.length(); j++) {
                boolean any = c == '*';
                next[j] = any && reachable[j]
                        || j > 0 && reachable[j - 1] && !any && other.charAt(j - 1) == c
                        || j > 0 && next[j - 1] && any
                        || j < other.length() && reachable[j] && other.charAt(j) == '*';
            }
            skip(other, next);
            reachable = next;
        }
        return reachable[other.length()];
    }

    /** A {@code *} also matches no characters. */
    private static void skip(String text, boolean[] reachable) {
        for (int j = 0; j < text.length(); j++) {
            if (reachable[j] && text.charAt(j) == '*') {
                reachable[j + 1] = true;
            }
        }
    }

    /** How many characters both begin with, and end with after that. */
    static int likeness(String one, String other) {
        int length = Math.min(one.length(), other.length());
        int start = 0;
        while (start < length && one.charAt(start) == other.charAt(start)) {
            start++;
        }
        int end = 0;
        while (end < length - start && one.charAt(one.length() - 1 - end) == other.charAt(other.length() - 1 - end)) {
            end++;
        }
        return start + end;
    }
}
