// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cluster.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Label and field selectors of a list. */
final class Selectors {
    private static final Pattern SET = Pattern.compile("(\\S+)\\s+(in|notin)\\s+\\(([^)]*)\\)");

    private final List<String> labels;
    private final List<String> fields;

    Selectors(String labels, String fields) {
        this.labels = split(labels);
        this.fields = split(fields);
    }

    boolean match(JsonNode object) {
        return labels.stream().allMatch(s -> matches(object.at("/metadata/labels"), s, false))
                && fields.stream().allMatch(s -> matches(object, s, true));
    }

    private static boolean matches(JsonNode from, String selector, boolean dotted) {
        Matcher set = SET.matcher(selector);
        if (set.matches()) {
            JsonNode value = value(from, set.group(1), dotted);
            boolean in = List.of(set.group(3).split("\\s*,\\s*", -1)).contains(value.asText());
            return set.group(2).equals("in") ? !value.isMissingNode() && in : value.isMissingNode() || !in;
        }
        int not = selector.indexOf("!=");
        if (not > 0) {
            return !value(from, selector.substring(0, not), dotted).asText("").equals(selector.substring(not + 2));
        }
        int equal = selector.indexOf('=');
        if (equal > 0) {
            return value(from, selector.substring(0, equal), dotted)
                    .asText("")
                    .equals(selector.substring(equal + 1).replaceFirst("^=", ""));
        }
        return selector.startsWith("!")
                ? value(from, selector.substring(1), dotted).isMissingNode()
                : !value(from, selector, dotted).isMissingNode();
    }

    private static JsonNode value(JsonNode from, String path, boolean dotted) {
        return dotted ? from.at("/" + path.trim().replace('.', '/')) : from.path(path.trim());
    }

    /** Splits at commas outside of parentheses. */
    private static List<String> split(String selector) {
        return selector.isBlank() ? List.of() : List.of(selector.split("\\s*,\\s*(?![^(]*\\))", -1));
    }
}
