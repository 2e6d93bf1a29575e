// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.arm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Helpers for JSON trees. */
public final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** A text as an object; an empty one as an empty object. */
    public static ObjectNode parse(String text) {
        if (text.isBlank()) {
            return object();
        }
        try {
            if (MAPPER.readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw ArmError.badRequest(
                    "InvalidRequestContent",
                    "The request content was invalid and could not be deserialized: '" + e.getOriginalMessage() + "'.");
        }
        throw ArmError.badRequest("InvalidRequestContent", "The request content is not a JSON object.");
    }

    /** The object at a path of names, created if missing. */
    public static ObjectNode at(ObjectNode node, String... names) {
        ObjectNode found = node;
        for (String name : names) {
            found = found.path(name) instanceof ObjectNode child ? child : found.putObject(name);
        }
        return found;
    }

    public static void byDefault(ObjectNode node, String name, String value) {
        if (!node.hasNonNull(name)) {
            node.put(name, value);
        }
    }

    public static void byDefault(ObjectNode node, String name, int value) {
        if (!node.hasNonNull(name)) {
            node.put(name, value);
        }
    }

    public static void byDefault(ObjectNode node, String name, boolean value) {
        if (!node.hasNonNull(name)) {
            node.put(name, value);
        }
    }

    /** Copies members that are missing or null from an earlier object. */
    public static void keep(ObjectNode node, ObjectNode earlier, Iterable<String> names) {
        for (String name : names) {
            if (!node.hasNonNull(name) && earlier.has(name)) {
                node.set(name, earlier.path(name).deepCopy());
            }
        }
    }

    /**
     * A copy in which the members of a patch replace the earlier ones.
     *
     * @param nested members that are objects, of which only the given members are replaced
     */
    public static ObjectNode merged(ObjectNode body, ObjectNode patch, Set<String> nested) {
        ObjectNode merged = body.deepCopy();
        patch.fields().forEachRemaining(field -> {
            if (nested.contains(field.getKey()) && field.getValue() instanceof ObjectNode members) {
                at(merged, field.getKey()).setAll(members);
            } else {
                merged.set(field.getKey(), field.getValue());
            }
        });
        return merged;
    }

    public static List<String> strings(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    /** The {@code id} of each object in a list. */
    public static List<String> ids(JsonNode array) {
        List<String> ids = new ArrayList<>();
        array.forEach(item -> {
            if (item.hasNonNull("id")) {
                ids.add(item.path("id").asText());
            }
        });
        return ids;
    }

    /** Members of an object as texts, sorted. */
    public static Map<String, String> map(JsonNode object) {
        Map<String, String> map = new TreeMap<>();
        object.fields()
                .forEachRemaining(
                        field -> map.put(field.getKey(), field.getValue().asText()));
        return map;
    }
}
