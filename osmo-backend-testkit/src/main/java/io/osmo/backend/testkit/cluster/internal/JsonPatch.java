// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cluster.internal;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;

/** JSON patch (RFC 6902: add, replace, remove, test) and JSON merge patch (RFC 7386). */
final class JsonPatch {
    private JsonPatch() {}

    static void apply(ObjectNode object, JsonNode operations) {
        for (JsonNode operation : operations) {
            JsonPointer pointer = JsonPointer.compile(operation.path("path").asText());
            JsonNode parent = object.at(pointer.head());
            String last = pointer.last().getMatchingProperty();
            JsonNode value = operation.path("value");
            switch (operation.path("op").asText()) {
                case "add", "replace" ->
                    set(parent, last, value, operation.path("op").asText().equals("add"));
                case "remove" -> remove(parent, last);
                case "test" -> {
                    if (!object.at(pointer).equals(value)) {
                        throw refused("testing " + pointer + " failed");
                    }
                }
                default -> throw refused("operation " + operation.path("op").asText() + " is not emulated");
            }
        }
    }

    static void merge(ObjectNode target, JsonNode patch) {
        patch.fields().forEachRemaining(e -> {
            if (e.getValue().isNull()) {
                target.remove(e.getKey());
            } else if (e.getValue().isObject()) {
                if (!(target.get(e.getKey()) instanceof ObjectNode)) {
                    target.putObject(e.getKey());
                }
                merge((ObjectNode) target.get(e.getKey()), e.getValue());
            } else {
                target.set(e.getKey(), e.getValue());
            }
        });
    }

    /** Removes members that a patch has set to null. */
    static void dropNulls(JsonNode node) {
        for (Iterator<JsonNode> children = node.elements(); children.hasNext(); ) {
            JsonNode child = children.next();
            if (child.isNull()) {
                children.remove();
            } else {
                dropNulls(child);
            }
        }
    }

    private static void set(JsonNode parent, String last, JsonNode value, boolean add) {
        if (parent instanceof ObjectNode object) {
            object.set(last, value);
        } else if (parent instanceof ArrayNode array) {
            if (last.equals("-")) {
                array.add(value);
            } else if (add) {
                array.insert(Integer.parseInt(last), value);
            } else {
                array.set(Integer.parseInt(last), value);
            }
        } else {
            throw refused("the path to " + last + " does not exist");
        }
    }

    private static void remove(JsonNode parent, String last) {
        JsonNode gone = parent instanceof ObjectNode object
                ? object.remove(last)
                : parent instanceof ArrayNode array ? array.remove(Integer.parseInt(last)) : null;
        if (gone == null) {
            throw refused("unable to remove nonexistent key " + last);
        }
    }

    private static ApiError refused(String message) {
        return new ApiError(
                422, "Invalid", "the server rejected our request due to an error in our request: " + message);
    }
}
