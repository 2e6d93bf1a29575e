// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.internal.text.ForeignText;

/** Makes foreign text from clusters, clouds and documents safe to show on a terminal, in a report, or in the log of a build. */
public final class PlainText {
    private PlainText() {}

    /**
     * One line: whitespace becomes blanks; other control characters and those that change the writing direction are replaced; a blank is
     * inserted into what a build server would take for a command, such as {@code ::error::} or {@code ##[error]}; credentials in URLs are
     * removed.
     *
     * @param limit maximum length in characters; a longer text is cut off and marked as such
     */
    public static String of(String text, int limit) {
        return ForeignText.line(text, limit);
    }

    /** A text without the byte order mark that some editors write before it, and that JSON readers do not accept. */
    public static String withoutByteOrderMark(String text) {
        return ForeignText.withoutByteOrderMark(text);
    }

    /** Replaces user names, passwords and signatures in the URLs of a text; everything else is kept. */
    public static String withoutCredentials(String text) {
        return ForeignText.withoutCredentials(text);
    }
}
