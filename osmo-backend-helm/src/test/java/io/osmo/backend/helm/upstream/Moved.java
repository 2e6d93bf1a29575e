// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.helm.upstream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.osmo.backend.kubernetes.chart.RenderedChart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Which values and objects of a chart are other ones in the next version. */
final class Moved {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final YAMLMapper YAML = new YAMLMapper();

    private Moved() {}

    /** One line for each: {@code +} for what is new, {@code -} for what is gone, {@code ~} for another default. */
    static List<String> between(RenderedChart before, RenderedChart after) {
        List<String> lines = new ArrayList<>();
        difference("value ", values(before), values(after), lines);
        difference("object ", objects(before), objects(after), lines);
        return lines;
    }

    private static void difference(
            String what, Map<String, String> before, Map<String, String> after, List<String> lines) {
        before.forEach((key, value) -> {
            if (!after.containsKey(key)) {
                lines.add("- " + what + key);
            } else if (!after.get(key).equals(value)) {
                lines.add("~ " + what + key + ": " + value + " -> " + after.get(key));
            }
        });
        after.keySet().stream().filter(key -> !before.containsKey(key)).forEach(key -> lines.add("+ " + what + key));
    }

    private static Map<String, String> values(RenderedChart chart) {
        Map<String, String> values = new TreeMap<>();
        try {
            leaves("", JSON.readTree(chart.chart()).path("values"), values);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
        return values;
    }

    private static void leaves(String path, JsonNode node, Map<String, String> leaves) {
        if (node.isObject() && !node.isEmpty()) {
            node.properties()
                    .forEach(entry -> leaves(
                            path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(), entry.getValue(), leaves));
        } else {
            leaves.put(path, node.toString());
        }
    }

    /** Kind and name; contents change with each version. */
    static Map<String, String> objects(RenderedChart chart) {
        Map<String, String> objects = new TreeMap<>();
        documents(chart).forEach(object -> objects.put(name(object), ""));
        return objects;
    }

    /** @param name kind and name */
    static JsonNode object(RenderedChart chart, String name) {
        return documents(chart)
                .filter(object -> name(object).equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String name(JsonNode object) {
        return object.path("kind").asText() + " " + object.at("/metadata/name").asText();
    }

    private static Stream<JsonNode> documents(RenderedChart chart) {
        return Stream.concat(chart.crds().stream(), chart.objects().stream()).map(document -> {
            try {
                return YAML.readTree(document);
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException(e);
            }
        });
    }
}
