// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.text;

import java.util.regex.Pattern;

/**
 * Makes text of a cluster, a cloud or a document safe to show. Otherwise anyone who may label a node could move the cursor of the
 * terminal that shows a report, add lines to it, reverse the direction of its text, insert characters that XML does not allow, or
 * give commands to the build server that logs it.
 */
public final class ForeignText {
    private static final int REPLACEMENT = 0xFFFD;

    /** Number of characters after a cut that are searched too, so that a cut cannot leave the first half of a credential. */
    private static final int MARGIN = 2_048;

    /**
     * Commands of build servers: GitHub Actions take {@code ::error::} at the start of a line, and wrapping may put any word there;
     * GitHub Actions and Azure Pipelines take {@code ##[error]} and {@code ##vso[...]} anywhere, TeamCity {@code ##teamcity[...]}.
     *
     * @see <a href="https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands">workflow commands</a>
     * @see <a href="https://learn.microsoft.com/en-us/azure/devops/pipelines/scripts/logging-commands">logging commands</a>
     */
    private static final Pattern COMMAND = Pattern.compile("(?<!\\S)::(?=[A-Za-z])|##(?=[A-Za-z]{0,16}\\[)");

    /** User and password before the host, and what the query of a presigned or tokened URL proves itself by. */
    private static final Pattern USER = Pattern.compile("(://)[^/\\s@\"'<>]{1,512}@");

    private static final Pattern QUERY = Pattern.compile(
            "([?&](?:[a-z_-]{0,40}(?:token|signature|credential|secret|password|api_?key)|sig|code)=)[^&\\s\"'<>]+",
            Pattern.CASE_INSENSITIVE);

    private ForeignText() {}

    /** A text without the byte order mark that some editors write before it, and that JSON readers do not accept. */
    public static String withoutByteOrderMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** Replaces what in the URLs of a text is a credential. */
    public static String withoutCredentials(String text) {
        return text.contains("://")
                ? QUERY.matcher(USER.matcher(text).replaceAll("$1…@")).replaceAll("$1…")
                : text;
    }

    /**
     * One line: whitespace becomes blanks; other control characters and those that change the writing direction are replaced; a blank
     * is put into what a build server would take for a command; credentials in URLs are left out; what exceeds the limit is cut off,
     * and said to be.
     *
     * @param limit the longest text, in characters, before what says that more was cut off
     */
    public static String line(String text, int limit) {
        return safe(text, limit, false);
    }

    /** As {@link #line}, but keeps line feeds. */
    public static String lines(String text, int limit) {
        return safe(text, limit, true);
    }

    private static String safe(String text, int limit, boolean lineFeeds) {
        String kept = withoutCredentials(text.length() <= limit + MARGIN ? text : text.substring(0, limit + MARGIN));
        String cut = kept.length() <= limit ? kept : kept.substring(0, end(kept, limit));
        String shown = cut.codePoints().allMatch(c -> shown(c, lineFeeds) == c)
                ? cut
                : cut.codePoints()
                        .map(c -> shown(c, lineFeeds))
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
        String harmless = shown.contains("::") || shown.contains("##")
                ? COMMAND.matcher(shown)
                        .replaceAll(found ->
                                found.group().charAt(0) + " " + found.group().charAt(1))
                : shown;
        return text.length() <= limit + MARGIN && cut.length() == kept.length()
                ? harmless
                : harmless + "… (" + (text.length() - cut.length()) + " more characters)";
    }

    private static int end(String text, int limit) {
        return Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
    }

    private static int shown(int c, boolean lineFeeds) {
        if (c == '\n' && lineFeeds) {
            return c;
        }
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
