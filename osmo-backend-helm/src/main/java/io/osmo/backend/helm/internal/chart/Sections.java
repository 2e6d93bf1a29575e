// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.helm.internal.chart;

/** Goes through a text in which marked lines open and close sections: {@code MARK kind argument} and {@code MARK end}. */
final class Sections {
    private final String text;
    private final String mark;
    private int position;
    private String kind = "";
    private String argument = "";
    private String content = "";

    Sections(String text, String mark) {
        this.text = text;
        this.mark = mark + " ";
    }

    /** Goes to the next section; what lies between marked ones is a section without a kind. */
    boolean next() {
        if (position >= text.length()) {
            return false;
        }
        int start = position;
        if (text.startsWith(mark, start)) {
            String[] words = line(start).substring(mark.length()).strip().split(" ", 2);
            kind = words[0];
            argument = words.length > 1 ? words[1] : "";
            start = Math.min(text.length(), start + line(start).length() + 1);
        } else {
            kind = "";
            argument = "";
        }
        int end = text.indexOf("\n" + mark, start);
        content = text.substring(start, end < 0 ? text.length() : end + 1);
        position = end < 0 ? text.length() : end + 1;
        if (!kind.isEmpty() && text.startsWith(mark + "end", position)) {
            position = Math.min(text.length(), position + line(position).length() + 1);
        }
        return true;
    }

    private String line(int start) {
        int end = text.indexOf('\n', start);
        return text.substring(start, end < 0 ? text.length() : end);
    }

    String kind() {
        return kind;
    }

    String argument() {
        return argument;
    }

    String text() {
        return content;
    }
}
