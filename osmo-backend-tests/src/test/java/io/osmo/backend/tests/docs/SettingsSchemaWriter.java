// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.docs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes the JSON Schema of one provider's settings of the same facts as the page of settings. */
final class SettingsSchemaWriter {
    private static final Pattern CONSTANT = Pattern.compile("`([^`]+)`");
    private static final Pattern BETWEEN = Pattern.compile("(\\d+) to (\\d+)");
    private static final Pattern AT_LEAST = Pattern.compile("at least (\\d+)");
    private static final String LIST = "a list of ";
    private static final String MAP = "a map from ";

    private final Map<String, Object> properties = new LinkedHashMap<>();
    private final String title;

    SettingsSchemaWriter(String title) {
        this.title = title;
    }

    /** @param allowed as {@link KnownSettings#allowed} words it */
    void setting(String name, String allowed, SettingDoc doc) {
        properties.put(name, property(type(allowed, doc), allowed, doc));
    }

    /** A setting that is a map from names to mappings of further settings. */
    void settingOfNames(String name, SettingDoc doc, SettingsSchemaWriter inner) {
        properties.put(
                name,
                property(
                        orNull(Map.of("type", "object", "additionalProperties", orNull(object(inner.properties)))),
                        "a map from names to settings",
                        doc));
    }

    private static Map<String, Object> property(Map<String, Object> type, String allowed, SettingDoc doc) {
        Map<String, Object> schema = new LinkedHashMap<>(type);
        StringBuilder text = new StringBuilder(FieldDocs.plain(doc.meaning())).append(". Allowed: ");
        text.append(FieldDocs.plain(allowed));
        doc.range().ifPresent(range -> text.append(", ").append(FieldDocs.plain(range)));
        doc.standard().ifPresent(standard -> text.append(". Default: ").append(FieldDocs.plain(standard)));
        schema.put("description", text.append('.').toString());
        return schema;
    }

    Map<String, Object> write() {
        Map<String, Object> schema = new LinkedHashMap<>(object(properties));
        schema.put("$schema", "http://json-schema.org/draft-07/schema#");
        schema.put("title", "Settings of " + title);
        return schema;
    }

    private static Map<String, Object> object(Map<String, Object> properties) {
        return Map.of("type", "object", "additionalProperties", false, "properties", properties);
    }

    /** Null is as good as leaving a setting out. */
    private static Map<String, Object> orNull(Map<String, Object> schema) {
        return Map.of("anyOf", List.of(schema, Map.of("type", "null")));
    }

    private static Map<String, Object> type(String allowed, SettingDoc doc) {
        return orNull(value(allowed, doc.range()));
    }

    private static Map<String, Object> value(String allowed, Optional<String> range) {
        if (allowed.startsWith(LIST)) {
            String elements = allowed.substring(LIST.length());
            return Map.of("type", "array", "items", element(elements, range));
        }
        if (allowed.startsWith(MAP)) {
            String[] keyAndValue = allowed.substring(MAP.length()).split(" to ", 2);
            Map<String, Object> map = new LinkedHashMap<>(
                    Map.of("type", "object", "additionalProperties", orNull(value(keyAndValue[1], range))));
            if (keyAndValue[0].startsWith("`")) {
                map.put("propertyNames", choice(constants(keyAndValue[0])));
            }
            return map;
        }
        if (allowed.startsWith("`")) {
            return choice(constants(allowed));
        }
        return switch (allowed) {
            case "a whole number" -> number(range);
            case "true or false" -> Map.of("type", "boolean");
            case "a URI" -> Map.of("type", "string", "minLength", 1, "pattern", "^\\S+$");
            case "a text" -> text(range);
            default -> throw new AssertionError("a kind of setting that the schema does not know: " + allowed);
        };
    }

    private static Map<String, Object> element(String elements, Optional<String> range) {
        if (elements.startsWith("`")) {
            return choice(constants(elements));
        }
        return elements.equals("texts") ? with(Map.of("type", "string"), range) : value(elements, range);
    }

    private static Map<String, Object> text(Optional<String> range) {
        return with(Map.of("type", "string", "pattern", "\\S"), range);
    }

    /** The texts that there are, where the Javadoc lists all of them. */
    private static Map<String, Object> with(Map<String, Object> text, Optional<String> range) {
        List<String> texts = range.filter(words -> words.matches("(any|one) of (`[^`]*`(, | and )?)+"))
                .map(SettingsSchemaWriter::constants)
                .orElse(List.of());
        return texts.isEmpty() ? text : Map.of("type", "string", "enum", texts);
    }

    private static Map<String, Object> number(Optional<String> range) {
        Map<String, Object> number = new LinkedHashMap<>(Map.of("type", "integer"));
        Matcher between = BETWEEN.matcher(range.orElse(""));
        Matcher atLeast = AT_LEAST.matcher(range.orElse(""));
        if (between.matches()) {
            number.put("minimum", Integer.valueOf(between.group(1)));
            number.put("maximum", Integer.valueOf(between.group(2)));
        } else if (atLeast.matches()) {
            number.put("minimum", Integer.valueOf(atLeast.group(1)));
        }
        return number;
    }

    /** One of the constants of an enum; editors offer the list, and the reader takes them in any case. */
    private static Map<String, Object> choice(List<String> constants) {
        return Map.of(
                "anyOf",
                List.of(
                        Map.of("enum", constants),
                        Map.of(
                                "type",
                                "string",
                                "pattern",
                                constants.stream()
                                        .map(SettingsSchemaWriter::inAnyCase)
                                        .collect(Collectors.joining("|", "^(", ")$")))));
    }

    private static String inAnyCase(String constant) {
        return constant.chars()
                .mapToObj(c -> Character.isLetter(c)
                        ? "[" + (char) c + Character.toString(c).toLowerCase(Locale.ROOT) + "]"
                        : Character.toString(c))
                .collect(Collectors.joining());
    }

    private static List<String> constants(String list) {
        List<String> constants = new ArrayList<>();
        Matcher constant = CONSTANT.matcher(list);
        while (constant.find()) {
            constants.add(constant.group(1));
        }
        return constants;
    }
}
