// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Compares one value with its description. */
final class ModelCheck {
    private static final int REQUIRED = 1;
    private static final int READ_ONLY = 2;
    private static final int WRITE_ONLY = 4;

    /** Members that the address contains. ARM accepts them in a body too, so that clients can send what they have read. */
    private static final Set<String> ENVELOPE = Set.of("id", "name", "type", "apiVersion");

    private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

    private final JsonNode types;
    private final boolean isRequest;
    private final boolean partial;
    private final List<String> found = new ArrayList<>();

    private ModelCheck(JsonNode types, boolean isRequest, boolean partial) {
        this.types = types;
        this.isRequest = isRequest;
        this.partial = partial;
    }

    /** @param partial whether required members may be missing */
    static ModelCheck ofRequest(JsonNode types, boolean partial) {
        return new ModelCheck(types, true, partial);
    }

    static ModelCheck ofResponse(JsonNode types) {
        return new ModelCheck(types, false, false);
    }

    /** The type that a reference points to. */
    static JsonNode resolve(JsonNode types, JsonNode reference) {
        String target = reference.path("$ref").asText();
        return types.path(Integer.parseInt(target.substring(target.lastIndexOf('/') + 1)));
    }

    private JsonNode resolve(JsonNode reference) {
        return resolve(types, reference);
    }

    /** What breaks the description. */
    List<String> found() {
        return found;
    }

    /** Checks the name in the address, which the description has as a member. */
    void name(JsonNode type, String name) {
        JsonNode described = type.path("properties").path("name").path("type");
        if (!described.isMissingNode()) {
            value(resolve(described), TextNode.valueOf(name), ".name");
        }
    }

    void value(JsonNode type, JsonNode value, String path) {
        if (value.isNull()) {
            return;
        }
        switch (type.path("$type").asText()) {
            case "ObjectType" -> object(type.path("properties"), type, value, path, Set.of());
            case "DiscriminatedObjectType" -> discriminated(type, value, path);
            case "ArrayType" -> array(type, value, path);
            case "StringType" -> string(type, value, path);
            case "IntegerType" -> integer(type, value, path);
            case "BooleanType" -> expect(value.isBoolean(), path, "true or false", value);
            case "StringLiteralType" -> {
                String constant = type.path("value").asText();
                expect(value.asText().equals(constant), path, "'" + constant + "'", value);
            }
            case "UnionType" -> union(type, value, path);
            case "AnyType" -> {}
            default -> throw new IllegalStateException("unknown type in the descriptions: " + type);
        }
    }

    private void expect(boolean good, String path, String expected, JsonNode value) {
        if (!good) {
            found.add(path + " is " + value + ", " + expected + " is expected");
        }
    }

    private void array(JsonNode type, JsonNode value, String path) {
        expect(value.isArray(), path, "an array", value);
        JsonNode itemType = resolve(type.path("itemType"));
        int index = 0;
        for (JsonNode item : value) {
            value(itemType, item, path + "[" + index++ + "]");
        }
    }

    private void discriminated(JsonNode type, JsonNode value, String path) {
        String discriminator = type.path("discriminator").asText();
        String kind = value.path(discriminator).asText("");
        JsonNode element = type.path("elements").path(kind);
        if (element.isMissingNode()) {
            found.add(path + "." + discriminator + " is '" + kind + "', which is not among the description's values");
            return;
        }
        JsonNode concrete = resolve(element);
        Set<String> common = new HashSet<>();
        type.path("baseProperties").fieldNames().forEachRemaining(common::add);
        object(concrete.path("properties"), concrete, value, path, common);
        members(type.path("baseProperties"), value, path);
    }

    /** @param elsewhere members that are described elsewhere */
    private void object(JsonNode properties, JsonNode type, JsonNode value, String path, Set<String> elsewhere) {
        expect(value.isObject(), path, "an object", value);
        members(properties, value, path);
        value.fields().forEachRemaining(field -> {
            String name = field.getKey();
            if (properties.has(name) || elsewhere.contains(name)) {
                return;
            }
            JsonNode additional = type.path("additionalProperties");
            if (additional.isMissingNode()) {
                found.add(path + "." + name + " is not in the description");
            } else {
                value(resolve(additional), field.getValue(), path + "." + name);
            }
        });
    }

    private void members(JsonNode properties, JsonNode value, String path) {
        properties.fields().forEachRemaining(property -> {
            String name = property.getKey();
            if (!path.isEmpty() || !ENVELOPE.contains(name)) {
                member(property.getValue(), value.path(name), path + "." + name);
            }
        });
    }

    private void member(JsonNode described, JsonNode given, String path) {
        int flags = described.path("flags").asInt();
        if (given.isMissingNode() || given.isNull()) {
            if ((flags & REQUIRED) != 0 && (isRequest ? !partial : (flags & WRITE_ONLY) == 0)) {
                found.add(path + " is required");
            }
        } else if (isRequest && (flags & READ_ONLY) != 0) {
            found.add(path + " is read-only");
        } else if (!isRequest && (flags & WRITE_ONLY) != 0) {
            found.add(path + " is write-only");
        } else {
            value(resolve(described.path("type")), given, path);
        }
    }

    /** A union with anything but constants is an open enum. */
    private void union(JsonNode type, JsonNode value, String path) {
        List<String> allowed = new ArrayList<>();
        for (JsonNode element : type.path("elements")) {
            JsonNode member = resolve(element);
            if (!member.path("$type").asText().equals("StringLiteralType")) {
                boolean text = member.path("$type").asText().equals("StringType");
                expect(value.isTextual() || !text, path, "a text", value);
                return;
            }
            allowed.add(member.path("value").asText());
        }
        String given = value.asText();
        if (allowed.stream().noneMatch(isRequest ? given::equals : given::equalsIgnoreCase)) {
            found.add(path + " is " + value + ", which is not among the description's values " + allowed);
        }
    }

    private void string(JsonNode type, JsonNode value, String path) {
        expect(value.isTextual(), path, "a text", value);
        if (!isRequest) {
            return;
        }
        String text = value.asText();
        String length = path + " has " + text.length() + " characters, ";
        if (type.has("minLength") && text.length() < type.path("minLength").asInt()) {
            found.add(length + "at least " + type.path("minLength") + " are needed");
        }
        if (type.has("maxLength") && text.length() > type.path("maxLength").asInt()) {
            found.add(length + "at most " + type.path("maxLength") + " are allowed");
        }
        String pattern = type.path("pattern").asText("");
        if (!pattern.isEmpty()
                && !PATTERNS.computeIfAbsent(pattern, Pattern::compile)
                        .matcher(text)
                        .find()) {
            found.add(path + " '" + text + "' does not match " + pattern);
        }
    }

    private void integer(JsonNode type, JsonNode value, String path) {
        expect(value.isNumber(), path, "a number", value);
        if (!isRequest) {
            return;
        }
        if (type.has("minValue") && value.asDouble() < type.path("minValue").asDouble()) {
            found.add(path + " is " + value + ", at least " + type.path("minValue") + " is allowed");
        }
        if (type.has("maxValue") && value.asDouble() > type.path("maxValue").asDouble()) {
            found.add(path + " is " + value + ", at most " + type.path("maxValue") + " is allowed");
        }
    }
}
