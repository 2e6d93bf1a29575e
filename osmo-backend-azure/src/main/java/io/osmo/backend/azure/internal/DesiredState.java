// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.resource.FieldChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The desired state of an object, and how an observed object differs from it. Only desired fields are compared, because ARM
 * adds many others. Lists of named objects are matched by name; the order of other lists does not matter. Pure.
 *
 * @param json the desired fields
 * @param exact paths of objects and lists that must contain exactly the desired elements, such as labels
 * @param replacing paths that can only be changed by recreating the object
 * @param impossible paths that cannot be changed without losing the backend
 */
record DesiredState(JsonNode json, Set<String> exact, Set<String> replacing, Set<String> impossible) {
    private static final String PROPERTIES = "properties.";

    List<FieldChange> compare(JsonNode observed) {
        List<FieldChange> changes = new ArrayList<>();
        object("", observed, json, changes);
        return List.copyOf(changes);
    }

    private void compare(String path, JsonNode observed, JsonNode wanted, List<FieldChange> changes) {
        if (wanted.isObject()) {
            object(path, observed, wanted, changes);
        } else if (wanted.isArray()) {
            array(path, observed, (ArrayNode) wanted, changes);
        } else if (!same(path, observed, wanted)) {
            changes.add(change(path, observed, wanted));
        }
    }

    private void object(String path, JsonNode observed, JsonNode wanted, List<FieldChange> changes) {
        wanted.properties()
                .forEach(field -> compare(
                        join(path, field.getKey()), member(path, observed, field.getKey()), field.getValue(), changes));
        if (exact.contains(path)) {
            observed.properties().forEach(field -> {
                if (!wanted.has(field.getKey())) {
                    changes.add(change(join(path, field.getKey()), field.getValue(), null));
                }
            });
        } else if (wanted.isEmpty() && observed.isMissingNode() && !path.isEmpty()) {
            changes.add(change(path, observed, wanted));
        }
    }

    private void array(String path, JsonNode observed, ArrayNode wanted, List<FieldChange> changes) {
        if (isNamed(wanted)) {
            wanted.forEach(element -> {
                String name = element.path("name").asText();
                object(path + "[" + name + "]", named(observed, name), element, changes);
            });
        } else if (!isPlain(wanted)) {
            if (observed.size() != wanted.size()) {
                changes.add(change(path, observed, wanted));
                return;
            }
            for (int i = 0; i < wanted.size(); i++) {
                compare(path + "[" + i + "]", observed.path(i), wanted.get(i), changes);
            }
        } else if (!texts(observed).equals(texts(wanted))) {
            changes.add(change(path, observed, wanted));
        }
    }

    private static boolean same(String path, JsonNode observed, JsonNode wanted) {
        if (wanted.isNumber() && observed.isNumber()) {
            return wanted.decimalValue().compareTo(observed.decimalValue()) == 0;
        }
        if (wanted.isTextual() && observed.isTextual()) {
            String is = observed.asText();
            String shall = wanted.asText();
            if (path.startsWith("tags.") || path.contains("nodeLabels") || path.contains("Taints")) {
                return is.equals(shall);
            }
            if (path.equals("location")) {
                return region(is).equals(region(shall));
            }
            // Ids and words of an enumeration come back in other case at times.
            return is.equalsIgnoreCase(shall);
        }
        return wanted.equals(observed);
    }

    /** ARM answers {@code East US 2} to {@code eastus2} at times. */
    static String region(String name) {
        return name.replace(" ", "").toLowerCase(Locale.ROOT);
    }

    private FieldChange change(String path, JsonNode observed, @org.jspecify.annotations.Nullable JsonNode wanted) {
        String field = path.startsWith(PROPERTIES) ? path.substring(PROPERTIES.length()) : path;
        String before = observed.isMissingNode() || observed.isNull() ? "absent" : text(observed);
        String after = wanted == null ? "absent" : text(wanted);
        if (within(path, impossible)) {
            return FieldChange.impossible(field, before, after);
        }
        return within(path, replacing)
                ? FieldChange.replacing(field, before, after)
                : FieldChange.inPlace(field, before, after);
    }

    private static boolean within(String path, Set<String> prefixes) {
        return prefixes.stream()
                .anyMatch(prefix ->
                        path.equals(prefix) || path.startsWith(prefix + ".") || path.startsWith(prefix + "["));
    }

    private static String text(JsonNode node) {
        return node.isValueNode() ? node.asText() : node.toString();
    }

    private static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** The observed object with the desired fields merged into it. */
    JsonNode over(JsonNode observed) {
        return over("", observed, json);
    }

    private JsonNode over(String path, JsonNode observed, JsonNode wanted) {
        if (wanted.isObject()) {
            ObjectNode merged = observed.isObject() && !exact.contains(path) ? observed.deepCopy() : Json.object();
            wanted.properties().forEach(field -> {
                String key = key(path, merged, field.getKey());
                merged.set(key, over(join(path, field.getKey()), merged.path(key), field.getValue()));
            });
            return merged;
        }
        if (wanted.isArray() && isNamed((ArrayNode) wanted)) {
            ArrayNode merged =
                    observed.isArray() ? observed.deepCopy() : Json.object().arrayNode();
            wanted.forEach(element -> {
                String name = element.path("name").asText();
                for (int i = 0; i < merged.size(); i++) {
                    if (merged.get(i).path("name").asText().equals(name)) {
                        merged.set(i, over(path + "[" + name + "]", merged.get(i), element));
                        return;
                    }
                }
                merged.add(element);
            });
            return merged;
        }
        return wanted;
    }

    /** A member by its name; names that are ids, and keys of tags, in any case. */
    private static JsonNode member(String path, JsonNode object, String name) {
        return object.path(key(path, object, name));
    }

    private static String key(String path, JsonNode object, String name) {
        boolean anyCase = name.startsWith("/") || path.equals("tags") || path.endsWith(".tags");
        if (!object.has(name) && anyCase) {
            for (var field : object.properties()) {
                if (field.getKey().equalsIgnoreCase(name)) {
                    return field.getKey();
                }
            }
        }
        return name;
    }

    private static boolean isNamed(ArrayNode array) {
        return !array.isEmpty() && array.get(0).has("name");
    }

    private static boolean isPlain(ArrayNode array) {
        return array.isEmpty() || array.get(0).isValueNode();
    }

    private static JsonNode named(JsonNode array, String name) {
        for (JsonNode element : array) {
            if (element.path("name").asText().equals(name)) {
                return element;
            }
        }
        return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new TreeSet<>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }
}
