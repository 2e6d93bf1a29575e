// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.docs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the Javadoc of a setting says, which by convention is "meaning, range; default value. More."
 *
 * @param range of the allowed values; empty when any value of the type is allowed
 * @param standard the default; empty when the Javadoc names none
 */
record SettingDoc(String meaning, Optional<String> range, Optional<String> standard) {
    private static final Pattern GETTER = Pattern.compile(
            "/\\*\\*((?:(?!\\*/).)*)\\*/\\s+public (?!static |Builder )[\\w.<>, ]+? (\\w+)\\(([^)]*)\\)",
            Pattern.DOTALL);
    private static final Pattern RECORD =
            Pattern.compile("/\\*\\*((?:(?!\\*/).)*)\\*/\\s+public record ", Pattern.DOTALL);
    private static final Pattern DEFAULT =
            Pattern.compile("[;.] (?:[Dd]efault:?|[Ee]mpty means) (.+?)(?:\\.$|\\.(?= [A-Z])|$)");
    private static final Pattern RANGE =
            Pattern.compile(", (\\d+ to \\d+|at least \\d+|https only|(?:any|one) of (?:`[^`]*`|[^;.`])+)(?=[;.]|$)");

    /**
     * Those of the getters of a class, or of the components of a record, in their order by their names: {@code name}, or {@code
     * name(parameters)} of a method with parameters.
     */
    static Map<String, SettingDoc> of(String source) {
        Map<String, SettingDoc> docs = new LinkedHashMap<>();
        Matcher record = RECORD.matcher(source);
        if (record.find()) {
            String[] params = plain(record.group(1)).split("@param ", -1);
            for (int i = 1; i < params.length; i++) {
                String[] words = params[i].split(" ", 2);
                docs.put(words[0], parse(words[1].strip()));
            }
            return docs;
        }
        Matcher getter = GETTER.matcher(source);
        while (getter.find()) {
            String parameters = getter.group(3).isEmpty() ? "" : "(" + getter.group(3) + ")";
            docs.put(getter.group(2) + parameters, parse(plain(getter.group(1))));
        }
        return docs;
    }

    /** Javadoc as a line of Markdown. */
    private static String plain(String javadoc) {
        return javadoc.replaceAll("\\s*\\n\\s*\\*? ?", " ")
                .replaceAll("\\s+", " ")
                .replaceAll("\\{@code ([^}]*)}", "`$1`")
                .replaceAll("\\{@link (?:[\\w.]*#)?(\\w+)(?:\\(\\))?}", "`$1`")
                .replaceAll("<a href=\"([^\"]*)\">([^<]*)</a>", "[$2]($1)")
                .strip();
    }

    private static SettingDoc parse(String text) {
        Optional<String> standard = Optional.empty();
        Matcher matcher = DEFAULT.matcher(text);
        String rest = text;
        if (matcher.find()) {
            standard = Optional.of(matcher.group(1));
            rest = text.substring(0, matcher.start()) + "." + text.substring(matcher.end());
        }
        Optional<String> range = Optional.empty();
        matcher = RANGE.matcher(rest);
        if (matcher.find()) {
            range = Optional.of(matcher.group(1));
            rest = rest.substring(0, matcher.start()) + rest.substring(matcher.end());
        }
        String meaning = rest.strip().replaceAll("\\.$", "");
        return new SettingDoc(Character.toUpperCase(meaning.charAt(0)) + meaning.substring(1), range, standard);
    }
}
