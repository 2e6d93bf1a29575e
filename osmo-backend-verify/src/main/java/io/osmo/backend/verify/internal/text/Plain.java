// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.text;

import io.osmo.backend.spi.provider.PlainText;

/** Makes text from a cluster safe to show in a report. */
public final class Plain {
    /** Maximum length of a text in a report, in characters. The longest text of this library, a list of rules, has some hundred. */
    private static final int LONGEST = 4_000;

    private Plain() {}

    /** {@link PlainText#of} with the limit of reports. */
    public static String of(String text) {
        return PlainText.of(text, LONGEST);
    }
}
