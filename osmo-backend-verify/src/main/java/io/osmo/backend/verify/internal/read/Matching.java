// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How webhooks and policies of the API server say which objects they are about. */
final class Matching {
    private Matching() {}

    /** Whether a selector of Kubernetes matches labels; one that asks for nothing matches all. */
    static boolean selects(JsonNode selector, Map<String, String> labels) {
        for (Map.Entry<String, JsonNode> label : selector.path("matchLabels").properties()) {
            if (!label.getValue().asText().equals(labels.get(label.getKey()))) {
                return false;
            }
        }
        for (JsonNode expression : selector.path("matchExpressions")) {
            String key = Parse.text(expression, "key");
            List<String> values = Parse.strings(expression.path("values"));
            boolean holds = switch (Parse.text(expression, "operator")) {
                case "In" -> labels.containsKey(key) && values.contains(labels.get(key));
                case "NotIn" -> !labels.containsKey(key) || !values.contains(labels.get(key));
                case "Exists" -> labels.containsKey(key);
                case "DoesNotExist" -> !labels.containsKey(key);
                default -> true;
            };
            if (!holds) {
                return false;
            }
        }
        return true;
    }

    /** Whether one of the rules is about new objects of one of these kinds of the core group, whatever their names. */
    static boolean created(JsonNode rules, String... resources) {
        for (JsonNode rule : rules) {
            if (among(rule, "apiGroups", "")
                    && !Parse.text(rule, "scope").equals("Cluster")
                    && (among(rule, "resources", resources) || among(rule, "resources", "*/*"))
                    && among(rule, "operations", "CREATE")
                    && rule.path("resourceNames").isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static boolean among(JsonNode rule, String field, String... values) {
        List<String> found = Parse.strings(rule.path(field));
        return found.contains("*") || Stream.of(values).anyMatch(found::contains);
    }
}
