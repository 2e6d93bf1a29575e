// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.plan;

import io.osmo.backend.internal.text.ForeignText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** HTML that is put together piece by piece. What a page says goes through {@link #text}, which escapes it. */
final class Html {
    private static final String STYLE = "/META-INF/osmo-backend/page.css";
    private static final int LONGEST_TEXT = 10_000;

    private final StringBuilder page = new StringBuilder();

    /** The style that all pages share. */
    static String style() {
        try (InputStream in = Objects.requireNonNull(Html.class.getResourceAsStream(STYLE), STYLE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Markup as it is. */
    Html raw(String markup) {
        page.append(markup);
        return this;
    }

    /** Text, also for an attribute in double quotes. */
    Html text(Object text) {
        page.append(escaped(text.toString()));
        return this;
    }

    /** An element with a text. */
    Html element(String name, String attributes, Object text) {
        return raw("<" + name + (attributes.isEmpty() ? "" : " " + attributes) + ">")
                .text(text)
                .raw("</" + name + ">");
    }

    static String escaped(String text) {
        return ForeignText.line(text, LONGEST_TEXT)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    @Override
    public String toString() {
        return page.toString();
    }
}
