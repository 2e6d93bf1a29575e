// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.internal.http.HttpReply;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

/** The vendor's types as JSON, in both JSON protocols. Like the services, it ignores members that it does not know. */
final class JsonWire {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonWire() {}

    /** @throws IllegalArgumentException if it is not a JSON object */
    static JsonNode parse(String body) {
        try {
            JsonNode content = body.isEmpty() ? JSON.createObjectNode() : JSON.readTree(body);
            if (!content.isObject()) {
                throw new IllegalArgumentException("Start of structure or map found where not expected.");
            }
            return content;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }

    /** Sets what a body has; other locations are left alone. */
    static void read(JsonNode content, SdkPojo builder) {
        for (SdkField<?> field : builder.sdkFields()) {
            JsonNode value = content.path(field.locationName());
            if (field.location() == MarshallLocation.PAYLOAD && !value.isMissingNode() && !value.isNull()) {
                field.set(builder, value(field, value));
            }
        }
    }

    private static Object value(SdkField<?> field, JsonNode node) {
        return switch (field.marshallingType().getKnownType()) {
            case SDK_POJO -> {
                require(node.isObject(), field);
                SdkPojo builder = field.constructor().get();
                read(node, builder);
                yield Values.build(builder);
            }
            case LIST -> {
                require(node.isArray(), field);
                SdkField<?> member = field.getRequiredTrait(ListTrait.class).memberFieldInfo();
                List<Object> items = new ArrayList<>();
                node.forEach(item -> items.add(value(member, item)));
                yield items;
            }
            case MAP -> {
                require(node.isObject(), field);
                SdkField<?> member = field.getRequiredTrait(MapTrait.class).valueFieldInfo();
                Map<String, Object> entries = new LinkedHashMap<>();
                node.properties().forEach(entry -> entries.put(entry.getKey(), value(member, entry.getValue())));
                yield entries;
            }
            case STRING, SDK_BYTES -> {
                require(node.isTextual(), field);
                yield Values.parse(field, node.textValue());
            }
            case BOOLEAN -> {
                require(node.isBoolean(), field);
                yield node.booleanValue();
            }
            case INSTANT -> {
                require(node.isNumber(), field);
                yield Instant.ofEpochMilli(node.decimalValue().movePointRight(3).longValue());
            }
            default -> {
                require(node.isNumber(), field);
                yield Values.parse(field, node.asText());
            }
        };
    }

    private static void require(boolean holds, SdkField<?> field) {
        if (!holds) {
            throw new IllegalArgumentException(field.locationName() + " has to be of type "
                    + field.marshallingType().getKnownType());
        }
    }

    /** A response, or the members of an exception. */
    static ObjectNode write(SdkPojo pojo) {
        ObjectNode node = JSON.createObjectNode();
        for (SdkField<?> field : pojo.sdkFields()) {
            Object value = field.getValueOrDefault(pojo);
            if (field.location() == MarshallLocation.PAYLOAD && Values.isPresent(value)) {
                node.set(field.locationName(), node(value));
            }
        }
        return node;
    }

    /** An error, in the words of both JSON protocols. */
    static HttpReply error(String contentType, int status, String code, String message) {
        ObjectNode body = JSON.createObjectNode().put("__type", code).put("message", message);
        return HttpReply.of(status, contentType, body.toString());
    }

    private static JsonNode node(Object value) {
        if (value instanceof SdkPojo pojo) {
            return write(pojo);
        }
        if (value instanceof List<?> list) {
            ArrayNode array = JSON.createArrayNode();
            list.forEach(item -> array.add(node(item)));
            return array;
        }
        if (value instanceof Map<?, ?> map) {
            ObjectNode object = JSON.createObjectNode();
            map.forEach((key, item) -> object.set(String.valueOf(key), node(item)));
            return object;
        }
        if (value instanceof Instant instant) {
            return JSON.getNodeFactory().numberNode(BigDecimal.valueOf(instant.toEpochMilli(), 3));
        }
        return value instanceof SdkBytes bytes ? JSON.valueToTree(bytes.asByteArray()) : JSON.valueToTree(value);
    }
}
