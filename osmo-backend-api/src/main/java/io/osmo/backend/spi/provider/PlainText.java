// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.internal.text.ForeignText;

/** Makes text that a cluster, a cloud or a document chose safe to show on a terminal, in a report, or in the log of a build. */
public final class PlainText {
    private PlainText() {}

    /**
     * One line: whitespace becomes blanks; other control characters and those that change the writing direction are replaced; a blank
     * is put into what a build server would take for a command, such as {@code ::error::} or {@code ##[error]}; credentials in URLs are
     * left out.
     *
     * @param limit the longest text, in characters; what exceeds it is cut off, and said to be
     */
    public static String of(String text, int limit) {
        return ForeignText.line(text, limit);
    }

    /** Replaces user, password and the proofs of presigned URLs in the URLs of a text; the rest stays as it is. */
    public static String withoutCredentials(String text) {
        return ForeignText.withoutCredentials(text);
    }
}
