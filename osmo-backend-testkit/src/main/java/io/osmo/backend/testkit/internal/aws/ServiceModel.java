// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;

/** The vendor's model of one service, in a form that is fast to check against. Safe for concurrent use. */
final class ServiceModel {
    private final JsonNode operations;
    private final JsonNode shapes;
    private final Map<String, Shape> parsed = new ConcurrentHashMap<>();

    ServiceModel(JsonNode model) {
        this.operations = model.path("operations");
        this.shapes = model.path("shapes");
    }

    /** The shape of an operation's request or response; empty if it has none. */
    Optional<Shape> shapeOf(String operation, boolean input) {
        JsonNode shape =
                operations.path(operation).path(input ? "input" : "output").path("shape");
        return shape.isMissingNode() ? Optional.empty() : Optional.of(shape(shape.asText()));
    }

    private Shape shape(String name) {
        Shape known = parsed.get(name);
        return known != null ? known : parsed.computeIfAbsent(name, key -> new Shape(key, shapes.path(key)));
    }

    /** A member of a structure, or one that the client has and the model does not. */
    final class Member {
        private final String name;
        private final JsonNode node;
        private @Nullable Shape shape;

        private Member(String name, JsonNode node) {
            this.name = name;
            this.node = node;
        }

        String name() {
            return name;
        }

        boolean isKnown() {
            return !node.isMissingNode();
        }

        Shape shape() {
            Shape known = shape;
            if (known == null) {
                known = ServiceModel.this.shape(node.path("shape").asText());
                shape = known;
            }
            return known;
        }

        private String wireName() {
            return node.path("locationName").asText();
        }
    }

    /** A type of the model. */
    final class Shape {
        private final String name;
        private final Map<String, Member> members = new LinkedHashMap<>();
        private final Set<String> required = new LinkedHashSet<>();
        private final Set<String> values = new HashSet<>();
        private final JsonNode min;
        private final JsonNode max;
        private final String key;
        private final String item;
        private final @Nullable Pattern pattern;
        private final Map<SdkField<?>, Member> byField = new ConcurrentHashMap<>();

        private Shape(String name, JsonNode shape) {
            this.name = name;
            shape.path("members")
                    .properties()
                    .forEach(m -> members.put(m.getKey(), new Member(m.getKey(), m.getValue())));
            for (JsonNode member : shape.path("required")) {
                // The client fills in idempotency tokens.
                if (!shape.path("members")
                        .path(member.asText())
                        .path("idempotencyToken")
                        .asBoolean()) {
                    required.add(member.asText());
                }
            }
            shape.path("enum").forEach(value -> values.add(value.asText()));
            this.min = shape.path("min");
            this.max = shape.path("max");
            this.key = shape.path("key").path("shape").asText();
            this.item = shape.path(shape.has("key") ? "value" : "member")
                    .path("shape")
                    .asText();
            String regex = shape.path("pattern").asText("");
            this.pattern = regex.isEmpty() ? null : Pattern.compile(regex);
        }

        String name() {
            return name;
        }

        /** Members that a caller must give. */
        Set<String> required() {
            return required;
        }

        /** The member behind a field of the client. */
        Member member(SdkField<?> field) {
            Member known = byField.get(field);
            return known != null ? known : byField.computeIfAbsent(field, this::find);
        }

        /** The vendor's generator renames a few members, which keep their name on the wire. */
        private Member find(SdkField<?> field) {
            Member same = members.getOrDefault(field.memberName(), members.get(field.locationName()));
            if (same != null) {
                return same;
            }
            return members.values().stream()
                    .filter(m -> m.wireName().equals(field.locationName())
                            || m.name().equalsIgnoreCase(field.memberName()))
                    .findFirst()
                    .orElseGet(() -> new Member(field.memberName(), shapes.path("")));
        }

        /** Shape of the keys of a map. */
        Shape key() {
            return shape(key);
        }

        /** Shape of the items of a list, or of the values of a map. */
        Shape item() {
            return shape(item);
        }

        double min() {
            return min.isMissingNode() ? Double.NEGATIVE_INFINITY : min.asDouble();
        }

        double max() {
            return max.isMissingNode() ? Double.POSITIVE_INFINITY : max.asDouble();
        }

        String minText() {
            return min.toString();
        }

        String maxText() {
            return max.toString();
        }

        boolean isEnum() {
            return !values.isEmpty();
        }

        boolean allows(String value) {
            return values.contains(value);
        }

        boolean matches(String text) {
            return pattern == null || pattern.matcher(text).find();
        }

        String pattern() {
            return String.valueOf(pattern);
        }
    }
}
