// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.azure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osmo.backend.testkit.fault.Call;
import io.osmo.backend.testkit.fault.CallInspector;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * Holds requests and answers against Microsoft's own descriptions of resource types ({@code *.types.json.gz} as in
 * {@code Azure/bicep-types-az}): unknown members, read-only ones that are set, required ones that are missing, patterns,
 * lengths, ranges, constants and enums. What breaks its description is refused with an {@link AssertionError}; an answer that
 * does is a fault of the emulator and refused too.
 *
 * <p>A {@code PATCH} needs no required members. Answers are not checked for patterns and lengths: the services themselves do
 * not keep those. Most enums are open in the descriptions, so that values newer than them pass.
 */
public final class AzureModels implements CallInspector {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int REQUIRED = 1;
    private static final int READ_ONLY = 2;
    private static final int WRITE_ONLY = 4;

    /** Given by the address, not by the body; ARM takes them in a body too, so that what was read can be sent. */
    private static final Set<String> ENVELOPE = Set.of("id", "name", "type", "apiVersion");

    /** Types that the emulator has and that are not among the descriptions. */
    private static final Set<String> UNDESCRIBED = Set.of(
            "microsoft.authorization/locks",
            "microsoft.compute/virtualmachinescalesets",
            "microsoft.compute/capacityreservationgroups",
            "microsoft.compute/capacityreservationgroups/capacityreservations",
            "microsoft.storage/storageaccounts",
            "microsoft.storage/storageaccounts/blobservices",
            "microsoft.storage/storageaccounts/blobservices/containers");

    private final Path directory;
    private final Map<String, Optional<JsonNode>> files = new HashMap<>();
    private final List<String> violations = Collections.synchronizedList(new ArrayList<>());

    private AzureModels(Path directory) {
        this.directory = directory;
    }

    /**
     * @param directory holds the descriptions; each is read when a call of its provider comes first
     * @throws IllegalArgumentException when there is no such directory
     */
    public static AzureModels in(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new IllegalArgumentException("no directory with descriptions: " + directory);
        }
        return new AzureModels(directory);
    }

    /** Everything that was refused so far, for callers that may have swallowed the error. */
    public List<String> violations() {
        return List.copyOf(violations);
    }

    @Override
    public void request(Call call) {
        ArmRequest request = call.request(ArmRequest.class);
        boolean whole = request.method().equals("PUT");
        if (!whole && !request.method().equals("PATCH")) {
            return;
        }
        Optional<Model> model = model(call);
        if (model.isPresent()) {
            Check check = new Check(model.get().types(), true, !whole);
            check.name(
                    model.get().body(), request.path().substring(request.path().lastIndexOf('/') + 1));
            check.value(model.get().body(), parse(request.body()), "");
            report(call, "request", check.found);
        }
    }

    @Override
    public void response(Call call, Object response) {
        ArmReply reply = (ArmReply) response;
        boolean resource = Set.of("GET", "PUT", "PATCH", "LIST").contains(Arm.verb(call));
        if (reply.status() >= 300 || reply.body() == null || !resource) {
            return;
        }
        Optional<Model> model = model(call);
        if (model.isPresent()) {
            Check check = new Check(model.get().types(), false, false);
            JsonNode json = parse(reply.text());
            if (Arm.verb(call).equals("LIST")) {
                json.path("value").forEach(item -> check.value(model.get().body(), item, ""));
            } else {
                check.value(model.get().body(), json, "");
            }
            report(call, "answer", check.found);
        }
    }

    private void report(Call call, String side, List<String> found) {
        if (!found.isEmpty()) {
            String message = call.operation() + " " + side + ": " + String.join("; ", found);
            violations.add(message);
            throw new AssertionError(message);
        }
    }

    /**
     * A type's description.
     *
     * @param types all types of its file, which references point into
     */
    private record Model(JsonNode types, JsonNode body) {}

    private synchronized Optional<Model> model(Call call) {
        String type = Arm.type(call).toLowerCase(Locale.ROOT);
        if (UNDESCRIBED.contains(type)) {
            return Optional.empty();
        }
        String provider = type.substring(0, type.indexOf('/'));
        Optional<JsonNode> types = files.computeIfAbsent(
                provider + "." + call.request(ArmRequest.class).apiVersion() + ".types.json.gz",
                name -> read(directory.resolve(name)));
        for (JsonNode candidate : types.orElse(JSON.createArrayNode())) {
            String name = candidate.path("name").asText().toLowerCase(Locale.ROOT);
            if (candidate.path("$type").asText().equals("ResourceType")
                    && name.equals(type + "@" + call.request(ArmRequest.class).apiVersion())) {
                return Optional.of(new Model(types.get(), resolve(types.get(), candidate.path("body"))));
            }
        }
        if (Arm.verb(call).equals("PUT") || Arm.verb(call).equals("PATCH")) {
            report(
                    call,
                    "type",
                    List.of("there is no description of " + Arm.type(call) + "@"
                            + call.request(ArmRequest.class).apiVersion()));
        }
        return Optional.empty();
    }

    private static Optional<JsonNode> read(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return Optional.of(JSON.readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static JsonNode resolve(JsonNode types, JsonNode reference) {
        String target = reference.path("$ref").asText();
        return types.path(Integer.parseInt(target.substring(target.lastIndexOf('/') + 1)));
    }

    private static JsonNode parse(String body) {
        try {
            return JSON.readTree(body.isEmpty() ? "{}" : body);
        } catch (IOException e) {
            throw new UncheckedIOException("no JSON: " + body, e);
        }
    }

    /** One walk through a value along its type. */
    private static final class Check {
        private final JsonNode types;
        private final boolean input;
        private final boolean partial;
        private final List<String> found = new ArrayList<>();

        Check(JsonNode types, boolean input, boolean partial) {
            this.types = types;
            this.input = input;
            this.partial = partial;
        }

        /** The name in the address, which the description knows as a member. */
        void name(JsonNode type, String name) {
            JsonNode described = type.path("properties").path("name").path("type");
            if (!described.isMissingNode()) {
                value(resolve(types, described), JSON.getNodeFactory().textNode(name), ".name");
            }
        }

        void value(JsonNode type, JsonNode value, String path) {
            if (value.isNull()) {
                return;
            }
            switch (type.path("$type").asText()) {
                case "ObjectType" -> object(type.path("properties"), type, value, path, Set.of());
                case "DiscriminatedObjectType" -> discriminated(type, value, path);
                case "ArrayType" -> {
                    expect(value.isArray(), path, "an array", value);
                    int index = 0;
                    for (JsonNode item : value) {
                        value(resolve(types, type.path("itemType")), item, path + "[" + index++ + "]");
                    }
                }
                case "StringType" -> string(type, value, path);
                case "IntegerType" -> integer(type, value, path);
                case "BooleanType" -> expect(value.isBoolean(), path, "true or false", value);
                case "StringLiteralType" ->
                    expect(
                            value.asText().equals(type.path("value").asText()),
                            path,
                            "'" + type.path("value").asText() + "'",
                            value);
                case "UnionType" -> union(type, value, path);
                case "AnyType" -> {}
                default -> throw new IllegalStateException("a type of types that is not known: " + type);
            }
        }

        private void expect(boolean good, String path, String expected, JsonNode value) {
            if (!good) {
                found.add(path + " is " + value + ", " + expected + " is expected");
            }
        }

        private void discriminated(JsonNode type, JsonNode value, String path) {
            String discriminator = type.path("discriminator").asText();
            String kind = value.path(discriminator).asText("");
            JsonNode element = type.path("elements").path(kind);
            if (element.isMissingNode()) {
                found.add(
                        path + "." + discriminator + " is '" + kind + "', which is not among the description's values");
                return;
            }
            JsonNode concrete = resolve(types, element);
            Set<String> common = new java.util.HashSet<>();
            type.path("baseProperties").fieldNames().forEachRemaining(common::add);
            object(concrete.path("properties"), concrete, value, path, common);
            members(type.path("baseProperties"), value, path);
        }

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
                    value(resolve(types, additional), field.getValue(), path + "." + name);
                }
            });
        }

        private void members(JsonNode properties, JsonNode value, String path) {
            properties.fields().forEachRemaining(property -> {
                String name = property.getKey();
                int flags = property.getValue().path("flags").asInt();
                JsonNode given = value.path(name);
                boolean envelope = path.isEmpty() && ENVELOPE.contains(name);
                if (given.isMissingNode() || given.isNull()) {
                    boolean needed = (flags & REQUIRED) != 0 && (input ? !partial : (flags & WRITE_ONLY) == 0);
                    if (needed && !envelope) {
                        found.add(path + "." + name + " is required");
                    }
                    return;
                }
                if (input && (flags & READ_ONLY) != 0 && !envelope) {
                    found.add(path + "." + name + " is read-only");
                } else if (!input && (flags & WRITE_ONLY) != 0) {
                    found.add(path + "." + name + " is write-only");
                } else if (!envelope) {
                    value(resolve(types, property.getValue().path("type")), given, path + "." + name);
                }
            });
        }

        private void union(JsonNode type, JsonNode value, String path) {
            List<String> allowed = new ArrayList<>();
            for (JsonNode element : type.path("elements")) {
                JsonNode member = resolve(types, element);
                if (!member.path("$type").asText().equals("StringLiteralType")) {
                    expect(
                            value.isTextual() || !member.path("$type").asText().equals("StringType"),
                            path,
                            "a text",
                            value);
                    return;
                }
                allowed.add(member.path("value").asText());
            }
            boolean same = allowed.stream()
                    .anyMatch(a -> input ? a.equals(value.asText()) : a.equalsIgnoreCase(value.asText()));
            if (!same) {
                found.add(path + " is " + value + ", which is not among the description's values " + allowed);
            }
        }

        private void string(JsonNode type, JsonNode value, String path) {
            expect(value.isTextual(), path, "a text", value);
            if (!input) {
                return;
            }
            String text = value.asText();
            if (type.has("minLength") && text.length() < type.path("minLength").asInt()) {
                found.add(path + " has " + text.length() + " characters, at least " + type.path("minLength")
                        + " are needed");
            }
            if (type.has("maxLength") && text.length() > type.path("maxLength").asInt()) {
                found.add(path + " has " + text.length() + " characters, at most " + type.path("maxLength")
                        + " are allowed");
            }
            String pattern = type.path("pattern").asText("");
            if (!pattern.isEmpty() && !Pattern.compile(pattern).matcher(text).find()) {
                found.add(path + " '" + text + "' does not match " + pattern);
            }
        }

        private void integer(JsonNode type, JsonNode value, String path) {
            expect(value.isNumber(), path, "a number", value);
            if (!input) {
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
}
