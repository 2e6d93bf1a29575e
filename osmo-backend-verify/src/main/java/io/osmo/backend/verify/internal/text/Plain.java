// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.text;

/**
 * Makes text from a cluster safe to show. Otherwise anyone who may label a node could move the cursor of the terminal that shows
 * a report, add lines to it, reverse the direction of its text, or insert characters that XML does not allow.
 */
public final class Plain {
    private static final int REPLACEMENT = 0xFFFD;

    private Plain() {}

    /** One line: whitespace becomes blanks; other control characters and those that change the writing direction are replaced. */
    public static String of(String text) {
        return text.codePoints().allMatch(c -> shown(c) == c)
                ? text
                : text.codePoints()
                        .map(Plain::shown)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
    }

    private static int shown(int c) {
        return switch (Character.getType(c)) {
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> ' ';
            case Character.CONTROL -> Character.isWhitespace(c) ? ' ' : REPLACEMENT;
            case Character.SURROGATE -> REPLACEMENT;
            case Character.FORMAT -> turns(c) ? REPLACEMENT : c;
            default -> (c & 0xFFFE) == 0xFFFE ? REPLACEMENT : c;
        };
    }

    /** Marks, embeddings, overrides and isolates of the Unicode Bidirectional Algorithm, UAX #9. */
    private static boolean turns(int c) {
        return c == 0x061C || c == 0x200E || c == 0x200F || c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069;
    }
}
