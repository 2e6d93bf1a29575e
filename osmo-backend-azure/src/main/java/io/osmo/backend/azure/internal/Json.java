// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import java.util.Optional;

/** JSON as ARM speaks it. */
public final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** An object of keys and values in turn; a value is anything that Jackson writes, an empty optional leaves its key out. */
    public static ObjectNode object(Object... keysAndValues) {
        ObjectNode object = object();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            Object value = keysAndValues[i + 1];
            if (value instanceof Optional<?> optional) {
                if (optional.isEmpty()) {
                    continue;
                }
                value = optional.get();
            }
            object.set((String) keysAndValues[i], MAPPER.valueToTree(value));
        }
        return object;
    }

    static ObjectNode with(JsonNode object, String key, String value) {
        ObjectNode copy = object.deepCopy();
        copy.put(key, value);
        return copy;
    }

    /** The JSON object in a text; empty if there is none. */
    public static Optional<JsonNode> find(String text) {
        try {
            return Optional.of(MAPPER.readTree(text)).filter(JsonNode::isContainerNode);
        } catch (JsonProcessingException noJson) {
            return Optional.empty();
        }
    }

    static JsonNode parse(String text) {
        if (text.isBlank()) {
            return MissingNode.getInstance();
        }
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw CloudException.builder(CloudError.UNAVAILABLE, "answer of Azure Resource Manager")
                    .code("no JSON")
                    .message("what came back is not JSON: " + e.getOriginalMessage())
                    .remedy("Look for a proxy between here and Azure, then apply again.")
                    .cause(e)
                    .build();
        }
    }
}
