// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.docs;

import io.osmo.backend.tests.docs.KnownFields.Field;
import io.osmo.backend.tests.docs.KnownFields.Kind;
import io.osmo.backend.tests.docs.KnownFields.Range;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Makes the JSON Schema of specs from what the reader knows, what the rules ask for and what {@code docs/spec.md} says. */
final class SpecSchemaWriter {
    private final FieldDocs docs;
    private final List<Map<String, Object>> ofProduction = new ArrayList<>();
    private final Set<String> used = new TreeSet<>();

    SpecSchemaWriter(FieldDocs docs) {
        this.docs = docs;
    }

    Map<String, Object> write(List<Field> fields) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "http://json-schema.org/draft-07/schema#");
        schema.put("title", "OSMO backend");
        schema.put("description", "One OSMO backend, as BackendSpec.fromYaml and BackendSpec.fromJson read it.");
        schema.putAll(object("", fields));
        List<Object> all = new ArrayList<>((List<?>) schema.getOrDefault("allOf", List.of()));
        all.addAll(ofProduction);
        schema.put("allOf", all);
        schema.put("definitions", Map.of("secret", secret()));
        return schema;
    }

    /** Constraints of fields that no reader knows. */
    Set<String> unused() {
        Set<String> unused = new TreeSet<>(SchemaConstraints.OF_FIELDS.keySet());
        unused.addAll(SchemaConstraints.AMONG_FIELDS.keySet());
        unused.removeAll(used);
        return unused;
    }

    private Map<String, Object> object(String path, List<Field> fields) {
        Map<String, Object> properties = new LinkedHashMap<>();
        fields.forEach(field -> properties.put(field.name(), property(field)));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("additionalProperties", false);
        List<String> required =
                fields.stream().filter(Field::required).map(Field::name).toList();
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("properties", properties);
        used.add(path);
        if (SchemaConstraints.AMONG_FIELDS.containsKey(path)) {
            schema.put("allOf", SchemaConstraints.AMONG_FIELDS.get(path));
        }
        return schema;
    }

    private Map<String, Object> property(Field field) {
        Map<String, Object> schema = new LinkedHashMap<>();
        docs.description(field.path()).ifPresent(text -> schema.put("description", text));
        schema.putAll(ofKind(field));
        used.add(field.path());
        merge(schema, SchemaConstraints.OF_FIELDS.getOrDefault(field.path(), Map.of()));
        docs.standard(field.path()).ifPresent(value -> schema.put("default", typed(field.kind(), value)));
        field.range().ifPresent(range -> schema.putAll(bounds(range)));
        field.inProduction()
                .ifPresent(range ->
                        ofProduction.add(SchemaConstraints.unlessInDevelopment(at(field.path(), bounds(range)))));
        return schema;
    }

    private Map<String, Object> ofKind(Field field) {
        return switch (field.kind()) {
            case TEXT -> Map.of("type", "string");
            case WORD -> Map.of("type", "string", "enum", field.words());
            case INTEGER -> Map.of("type", "integer", "maximum", Integer.MAX_VALUE);
            case BOOLEAN -> Map.of("type", "boolean");
            case TEXTS -> list(Map.of("type", "string"));
            case TEXT_BY_KEY -> Map.of("type", "object", "additionalProperties", Map.of("type", "string"));
            case SECRET -> Map.of("allOf", List.of(Map.of("$ref", "#/definitions/secret")));
            case OBJECT -> object(field.path(), field.fields());
            case OBJECTS -> list(object(field.path() + "[]", field.fields()));
            case ANYTHING -> Map.of("type", "object");
        };
    }

    private static Map<String, Object> list(Map<String, Object> items) {
        Map<String, Object> list = new LinkedHashMap<>();
        list.put("type", "array");
        list.put("items", items);
        return list;
    }

    /** A reference to a secret: one of three, never the secret itself. */
    private static Map<String, Object> secret() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("additionalProperties", false);
        schema.put("minProperties", 1);
        schema.put("maxProperties", 1);
        schema.put(
                "properties",
                Map.of(
                        "env", reference("Name of an environment variable."),
                        "file", reference("Path of a file."),
                        "external", reference("Name under which the program supplies it.")));
        return schema;
    }

    private static Map<String, Object> reference(String description) {
        return Map.of("type", "string", "description", description, "pattern", "\\S");
    }

    private static Map<String, Object> bounds(Range range) {
        return Map.of("minimum", range.from(), "maximum", range.to());
    }

    private static Object typed(Kind kind, String value) {
        return switch (kind) {
            case INTEGER -> Integer.valueOf(value);
            case BOOLEAN -> Boolean.valueOf(value);
            default -> value;
        };
    }

    /** A schema for a field that is deeper in the document. */
    private static Map<String, Object> at(String path, Map<String, Object> schema) {
        int dot = path.indexOf('.');
        String name = dot < 0 ? path : path.substring(0, dot);
        return Map.of("properties", Map.of(name, dot < 0 ? schema : at(path.substring(dot + 1), schema)));
    }

    /** Adds keywords, deep into those that are there already. */
    @SuppressWarnings("unchecked")
    static void merge(Map<String, Object> schema, Map<String, Object> more) {
        more.forEach((keyword, value) -> {
            if (value instanceof Map<?, ?> deeper && schema.get(keyword) instanceof Map<?, ?> present) {
                Map<String, Object> merged = new LinkedHashMap<>((Map<String, Object>) present);
                merge(merged, (Map<String, Object>) deeper);
                schema.put(keyword, merged);
            } else {
                schema.put(keyword, value);
            }
        });
    }
}
