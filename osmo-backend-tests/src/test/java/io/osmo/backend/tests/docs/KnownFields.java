// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.docs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.Violation;
import io.osmo.backend.spec.BackendSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The fields of the spec as its reader knows them: learned from what it says of fields and values that are wrong. */
final class KnownFields {
    /** Fits no field: every kind of field says what it takes instead. */
    private static final Object WRONG = List.of(List.of());

    private static final String UNKNOWN = "?";
    private static final String MAPPING = "a mapping of fields to values";
    private static final String ONE_OF = "one of ";
    private static final Pattern RANGE = Pattern.compile("(\\d+) to (\\d+)\\b.*");
    private static final JsonMapper JSON = new JsonMapper();

    enum Kind {
        TEXT,
        WORD,
        INTEGER,
        BOOLEAN,
        TEXTS,
        TEXT_BY_KEY,
        SECRET,
        OBJECT,
        OBJECTS,
        /** A mapping of anything, such as the settings of a provider. */
        ANYTHING
    }

    /** Bounds of a whole number. */
    record Range(int from, int to) {}

    /**
     * @param path its path, in which {@code []} is any element of a list
     * @param words what a WORD can be
     * @param required whether the document is refused without it
     * @param range bounds of an INTEGER, in the profile that has the wider ones
     * @param inProduction bounds in production, if they are others
     * @param fields those of an OBJECT or of each of OBJECTS
     */
    record Field(
            String path,
            String name,
            Kind kind,
            List<String> words,
            boolean required,
            Optional<Range> range,
            Optional<Range> inProduction,
            List<Field> fields) {}

    /** The fields of a whole document. */
    List<Field> fields() {
        return fieldsAt("", "", content -> content);
    }

    /** @param place puts the content of a mapping into the place at which the mapping is in a document */
    private List<Field> fieldsAt(String at, String path, UnaryOperator<Object> place) {
        List<String> names = names(at, place);
        Set<String> missing = new TreeSet<>(names);
        missing.removeIf(name -> allowed(join(at, name), place.apply(Map.of())).isEmpty());
        return names.stream()
                .map(name -> field(at, path, name, place, isRequired(join(at, name), name, missing, place)))
                .toList();
    }

    /** Whether it is missing even beside the others that are missing: the default of one may be made of another. */
    private static boolean isRequired(String at, String name, Set<String> missing, UnaryOperator<Object> place) {
        Map<String, Object> others = new LinkedHashMap<>();
        missing.forEach(other -> others.put(other, "x"));
        return others.remove(name) != null && allowed(at, place.apply(others)).isPresent();
    }

    private static String join(String parent, String name) {
        return parent.isEmpty() ? name : parent + "." + name;
    }

    private List<String> names(String at, UnaryOperator<Object> place) {
        return allowed(at + "[\"" + UNKNOWN + "\"]", place.apply(Map.of(UNKNOWN, WRONG)))
                .filter(allowed -> allowed.startsWith(ONE_OF))
                .map(allowed -> List.of(allowed.substring(ONE_OF.length()).split(", ")))
                .orElse(List.of());
    }

    private Field field(
            String parent, String parentPath, String name, UnaryOperator<Object> parentPlace, boolean required) {
        String at = join(parent, name);
        String path = join(parentPath, name);
        UnaryOperator<Object> place = value -> parentPlace.apply(Map.of(name, value));
        List<String> words = List.of();
        List<Field> fields = List.of();
        Kind kind = kind(at, place);
        switch (kind) {
            case WORD -> words = words(at, place);
            case OBJECT -> fields = fieldsAt(at, path, place);
            case OBJECTS -> fields = fieldsAt(at + "[0]", path + "[]", value -> place.apply(List.of(value)));
            default -> {}
        }
        Optional<Range> production = kind == Kind.INTEGER ? range(at, place) : Optional.empty();
        Optional<Range> development =
                kind == Kind.INTEGER ? range(at, value -> inDevelopment(place.apply(value))) : Optional.empty();
        return new Field(
                path,
                name,
                kind,
                words,
                required,
                development,
                production.equals(development) ? Optional.empty() : production,
                fields);
    }

    private Kind kind(String at, UnaryOperator<Object> place) {
        Optional<String> allowed = allowed(at, place.apply(WRONG));
        if (allowed.isEmpty()) {
            boolean ofTexts = allowed(at + "[0]", place.apply(WRONG))
                    .filter("text"::equals)
                    .isPresent();
            return ofTexts ? Kind.TEXTS : Kind.OBJECTS;
        }
        return switch (allowed.get()) {
            case "text" -> words(at, place).isEmpty() ? Kind.TEXT : Kind.WORD;
            case "a whole number" -> Kind.INTEGER;
            case "true or false" -> Kind.BOOLEAN;
            case MAPPING -> kindOfMapping(at, place);
            default -> {
                if (allowed.get().startsWith("{env: ")) {
                    yield Kind.SECRET;
                }
                throw new AssertionError("a kind of field that the schema does not know: " + at + " takes " + allowed);
            }
        };
    }

    private Kind kindOfMapping(String at, UnaryOperator<Object> place) {
        if (!names(at, place).isEmpty()) {
            return Kind.OBJECT;
        }
        String entry = at + "[\"" + UNKNOWN + "\"]";
        return allowed(entry, place.apply(Map.of(UNKNOWN, WRONG)))
                        .filter("text"::equals)
                        .isPresent()
                ? Kind.TEXT_BY_KEY
                : Kind.ANYTHING;
    }

    private List<String> words(String at, UnaryOperator<Object> place) {
        return allowed(at, place.apply(UNKNOWN))
                .filter(allowed -> allowed.startsWith(ONE_OF))
                .map(allowed -> List.of(allowed.substring(ONE_OF.length()).split(", ")))
                .orElse(List.of());
    }

    /** Numbers of one mapping are held against each other, so the others are large when this one is. */
    private Optional<Range> range(String at, UnaryOperator<Object> place) {
        UnaryOperator<Object> whole = at.endsWith("scale." + at.substring(at.lastIndexOf('.') + 1))
                ? value -> withOthers(place.apply(value), at, value)
                : place;
        return allowed(at, whole.apply(-1))
                .map(RANGE::matcher)
                .filter(Matcher::matches)
                .map(m -> new Range(Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2))));
    }

    /** The reader takes a scale as a whole: {@code min} and {@code max} are there. */
    private static Object withOthers(Object document, String at, Object value) {
        String name = at.substring(at.lastIndexOf('.') + 1);
        Map<String, Object> scale = new LinkedHashMap<>(Map.of("min", 1, "max", 1));
        scale.put(name, value);
        return replace(document, Map.of(name, value), scale);
    }

    private static Object replace(Object tree, Object part, Object by) {
        if (tree.equals(part)) {
            return by;
        }
        if (tree instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            map.forEach((key, value) -> copy.put(key, replace(value, part, by)));
            return copy;
        }
        return tree instanceof List<?> list
                ? list.stream().map(element -> replace(element, part, by)).toList()
                : tree;
    }

    private static Object inDevelopment(Object document) {
        Map<Object, Object> copy = new LinkedHashMap<>((Map<?, ?>) document);
        copy.put("profile", "development");
        return copy;
    }

    /** What is allowed instead at a path of a document; empty when nothing is wrong there. */
    private static Optional<String> allowed(String path, Object document) {
        try {
            BackendSpec.fromJson(JSON.writeValueAsString(document));
            return Optional.empty();
        } catch (InvalidSpecException e) {
            return e.violations().stream()
                    .filter(violation -> violation.path().equals(path))
                    .map(Violation::allowed)
                    .findFirst();
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
