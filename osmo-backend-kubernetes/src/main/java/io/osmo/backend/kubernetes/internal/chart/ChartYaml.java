// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.chart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Manifests as Helm reads them: YAML 1.1, in which {@code 0644} is a number and {@code yes} is true. A field that is null counts as
 * absent.
 */
final class ChartYaml {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ChartYaml() {}

    /**
     * All objects of a text with any number of documents, those in lists included.
     *
     * @throws IllegalArgumentException if it is not YAML, or a document is not an object
     */
    static List<Map<String, Object>> objects(String text) {
        List<Map<String, Object>> objects = new ArrayList<>();
        try (var documents = YAML.readerFor(Object.class).readValues(text)) {
            // The methods of an iterator would throw what is wrong with the text in a bare RuntimeException.
            while (documents.hasNextValue()) {
                Object document = documents.nextValue();
                if (document instanceof Map<?, ?> map && !map.isEmpty()) {
                    add(objects, map);
                } else if (document != null && !(document instanceof Map)) {
                    throw new IllegalArgumentException("a document of the manifests is no mapping");
                }
            }
        } catch (JsonProcessingException e) {
            // Its message may quote what is in Secrets.
            throw new IllegalArgumentException("the manifests are no YAML, at line "
                    + (e.getLocation() == null
                            ? "?"
                            : String.valueOf(e.getLocation().getLineNr())));
        } catch (IOException e) {
            throw new IllegalArgumentException("the manifests cannot be read", e);
        }
        return objects;
    }

    private static void add(List<Map<String, Object>> objects, Map<?, ?> object) {
        if ("List".equals(object.get("kind")) && object.get("items") instanceof List<?> items) {
            items.forEach(item -> {
                if (item instanceof Map<?, ?> map) {
                    add(objects, map);
                }
            });
            return;
        }
        objects.add(withoutNulls(object));
    }

    private static Map<String, Object> withoutNulls(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            if (value != null) {
                copy.put(String.valueOf(key), plain(value));
            }
        });
        return copy;
    }

    private static Object plain(Object value) {
        if (value instanceof Map<?, ?> map) {
            return withoutNulls(map);
        }
        return value instanceof List<?> list
                ? list.stream().filter(e -> e != null).map(ChartYaml::plain).toList()
                : value;
    }

    /** @throws IllegalArgumentException if it is no JSON object */
    @SuppressWarnings("unchecked")
    static Map<String, Object> json(String text) {
        try {
            Map<String, Object> object = JSON.readValue(text, Map.class);
            if (object != null) {
                return object;
            }
        } catch (JsonProcessingException e) {
            // Told below: its message may quote what is in Secrets.
        }
        throw new IllegalArgumentException("not a JSON object");
    }

    static String yaml(Map<String, Object> object) {
        try {
            return YAML.writeValueAsString(object);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not plain data");
        }
    }

    static String json(@Nullable Object data) {
        try {
            return JSON.writeValueAsString(data);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not plain data");
        }
    }
}
