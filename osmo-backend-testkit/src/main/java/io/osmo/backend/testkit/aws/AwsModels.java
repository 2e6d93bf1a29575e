// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.aws;

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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/**
 * Holds requests and responses against the vendor's own models ({@code *.service-2.json.gz} as in botocore): required members,
 * patterns, lengths, ranges, enums, members that the model does not have. A request that breaks its model is refused with a
 * {@link AssertionError}; a response that does is a fault of the emulator and refused too.
 *
 * <p>Responses are not checked for patterns and lengths: the services themselves do not keep those.
 */
public final class AwsModels implements CallInspector {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> FILES = Map.of(
            "elasticloadbalancing", "elbv2",
            "tag", "resourcegroupstaggingapi",
            "servicequotas", "service-quotas");

    private final Path directory;
    private final Map<String, Optional<JsonNode>> models;
    private final List<String> violations = Collections.synchronizedList(new ArrayList<>());

    private AwsModels(Path directory, Map<String, Optional<JsonNode>> models) {
        this.directory = directory;
        this.models = models;
    }

    /**
     * @param directory holds the models; each is read when a call of its service comes first
     * @throws IllegalArgumentException when there is no such directory
     */
    public static AwsModels in(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new IllegalArgumentException("no directory with models: " + directory);
        }
        return new AwsModels(directory, new ConcurrentHashMap<>());
    }

    /** The same models without violations so far; files that were read are not read again. */
    public AwsModels fresh() {
        return new AwsModels(directory, models);
    }

    /** Everything that was refused so far, for callers that may have swallowed the exception. */
    public List<String> violations() {
        return List.copyOf(violations);
    }

    @Override
    public void request(Call call) {
        check(call, "input", call.request(SdkPojo.class));
    }

    @Override
    public void response(Call call, Object response) {
        check(call, "output", (SdkPojo) response);
    }

    private void check(Call call, String side, SdkPojo pojo) {
        String service = call.operation().substring(0, call.operation().indexOf(':'));
        String operation = call.operation().substring(service.length() + 1);
        // Classic load balancers share the prefix of the newer ones and have no model here.
        if (pojo.getClass().getName().contains(".elasticloadbalancing.")) {
            return;
        }
        Optional<JsonNode> model = model(service);
        if (model.isEmpty()) {
            throw new IllegalStateException("no model of " + service + " in " + directory);
        }
        JsonNode shape = model.get().at("/operations/" + operation + "/" + side + "/shape");
        List<String> found = new ArrayList<>();
        if (!shape.isMissingNode()) {
            new Check(model.get().path("shapes"), side.equals("input"), found)
                    .structure(shape.asText(), pojo, operation);
        }
        if (!found.isEmpty()) {
            String message = call.operation() + " " + side + ": " + String.join("; ", found);
            violations.add(message);
            throw new AssertionError(message);
        }
    }

    private Optional<JsonNode> model(String service) {
        return models.computeIfAbsent(service, key -> read(FILES.getOrDefault(key, key)));
    }

    private Optional<JsonNode> read(String name) {
        Path file = directory.resolve(name + ".service-2.json.gz");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return Optional.of(JSON.readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** One walk through a value along its shape. */
    private record Check(JsonNode shapes, boolean input, List<String> found) {
        void structure(String shapeName, SdkPojo pojo, String path) {
            JsonNode shape = shapes.path(shapeName);
            Map<String, Object> values = new HashMap<>();
            for (SdkField<?> field : pojo.sdkFields()) {
                Object value = field.getValueOrDefault(pojo);
                if (isPresent(value)) {
                    values.put(member(shape, field), value);
                }
            }
            for (JsonNode required : shape.path("required")) {
                JsonNode member = shape.path("members").path(required.asText());
                boolean filledByClient = member.path("idempotencyToken").asBoolean();
                if (!values.containsKey(required.asText()) && !filledByClient) {
                    found.add(path + "." + required.asText() + " is required");
                }
            }
            values.forEach((name, value) -> {
                JsonNode member = shape.path("members").path(name);
                if (member.isMissingNode()) {
                    found.add(path + "." + name + " is not in the model");
                } else {
                    value(member.path("shape").asText(), value, path + "." + name);
                }
            });
        }

        private static boolean isPresent(Object value) {
            return value != null && !(value instanceof SdkAutoConstructList) && !(value instanceof SdkAutoConstructMap);
        }

        /** The model's name of a member; the vendor's generator renames a few, which keep their name on the wire. */
        private static String member(JsonNode shape, SdkField<?> field) {
            JsonNode members = shape.path("members");
            if (members.has(field.memberName())) {
                return field.memberName();
            }
            String wire = field.locationName();
            if (members.has(wire)) {
                return wire;
            }
            for (var names = members.fields(); names.hasNext(); ) {
                var candidate = names.next();
                if (candidate.getValue().path("locationName").asText().equals(wire)
                        || candidate.getKey().equalsIgnoreCase(field.memberName())) {
                    return candidate.getKey();
                }
            }
            return field.memberName();
        }

        private void value(String shapeName, Object value, String path) {
            JsonNode shape = shapes.path(shapeName);
            if (value instanceof SdkPojo pojo) {
                structure(shapeName, pojo, path);
            } else if (value instanceof List<?> list) {
                size(shape, list.size(), path, "items");
                String item = shape.path("member").path("shape").asText();
                for (int i = 0; i < list.size(); i++) {
                    value(item, list.get(i), path + "[" + i + "]");
                }
            } else if (value instanceof Map<?, ?> map) {
                size(shape, map.size(), path, "entries");
                map.forEach((k, v) -> {
                    value(shape.path("key").path("shape").asText(), k, path + ".key(" + k + ")");
                    value(shape.path("value").path("shape").asText(), v, path + "[" + k + "]");
                });
            } else if (!input && shapeName.equals("AttachmentStatus")) {
                // EC2 says "available" of internet gateways, as its reference shows, but not its model.
                return;
            } else if (value instanceof String text) {
                string(shape, text, path);
            } else if (value instanceof Number number && input) {
                if (shape.has("min") && number.doubleValue() < shape.path("min").asDouble()) {
                    found.add(path + " is " + number + ", at least " + shape.path("min") + " is allowed");
                }
                if (shape.has("max") && number.doubleValue() > shape.path("max").asDouble()) {
                    found.add(path + " is " + number + ", at most " + shape.path("max") + " is allowed");
                }
            }
        }

        private void string(JsonNode shape, String text, String path) {
            if (shape.has("enum")) {
                for (JsonNode allowed : shape.path("enum")) {
                    if (allowed.asText().equals(text)) {
                        return;
                    }
                }
                found.add(path + " is '" + text + "', which is not among the model's values");
                return;
            }
            size(shape, text.length(), path, "characters");
            String pattern = shape.path("pattern").asText("");
            if (input
                    && !pattern.isEmpty()
                    && !Pattern.compile(pattern).matcher(text).find()) {
                found.add(path + " does not match " + pattern);
            }
        }

        private void size(JsonNode shape, int size, String path, String unit) {
            if (!input) {
                return;
            }
            if (shape.has("min") && size < shape.path("min").asInt()) {
                found.add(path + " has " + size + " " + unit + ", at least " + shape.path("min") + " are needed");
            }
            if (shape.has("max") && size > shape.path("max").asLong()) {
                found.add(path + " has " + size + " " + unit + ", at most " + shape.path("max") + " are allowed");
            }
        }
    }
}
