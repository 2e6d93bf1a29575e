// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.spec;

import io.osmo.backend.internal.text.ForeignText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of one mapping and reports what does not fit. Each method names a field that may be there; what no method
 * has named when {@link #finish()} is called is unknown.
 */
final class Fields {
    private static final Pattern INTEGER = Pattern.compile("0|-?[1-9]\\d*");

    private final Map<String, Node> entries;
    private final String path;
    private final Problems problems;
    private final Set<String> known = new TreeSet<>();

    Fields(Node.Mapping mapping, String path, Problems problems) {
        this.entries = mapping.entries();
        this.path = path;
        this.problems = problems;
    }

    static String join(String path, String key) {
        String entry = EntryPath.of("", key);
        return path.isEmpty() && entry.startsWith(".") ? entry.substring(1) : path + entry;
    }

    String at(String key) {
        return join(path, key);
    }

    boolean has(String key) {
        known.add(key);
        return entries.containsKey(key);
    }

    /** The field's value; empty if the field is missing. */
    Optional<Node> find(String key) {
        known.add(key);
        return Optional.ofNullable(entries.get(key));
    }

    Optional<String> text(String key) {
        return find(key).flatMap(node -> text(at(key), node));
    }

    private Optional<String> text(String at, Node node) {
        if (node instanceof Node.Text text) {
            return Optional.of(text.text());
        }
        String given = shown(node);
        boolean scalar = node instanceof Node.Number || node instanceof Node.Bool;
        problems.form(
                at,
                given,
                "text",
                scalar ? "Put it in quotes: \"" + given + "\"." : "Write one text, or leave the field out.");
        return Optional.empty();
    }

    Optional<Integer> integer(String key) {
        return find(key).flatMap(node -> {
            if (!(node instanceof Node.Number number)
                    || !INTEGER.matcher(number.text()).matches()) {
                problems.form(at(key), shown(node), "a whole number", "Write digits only, without quotes.");
                return Optional.empty();
            }
            try {
                return Optional.of(Integer.valueOf(number.text()));
            } catch (NumberFormatException tooLarge) {
                problems.form(
                        at(key), shown(number), "a whole number up to " + Integer.MAX_VALUE, "Correct the number.");
                return Optional.empty();
            }
        });
    }

    Optional<Boolean> bool(String key) {
        return find(key).flatMap(node -> {
            if (node instanceof Node.Bool bool) {
                return Optional.of(bool.value());
            }
            problems.form(at(key), shown(node), "true or false", "Write true or false, without quotes.");
            return Optional.empty();
        });
    }

    <E extends Enum<E>> Optional<E> word(String key, Class<E> type) {
        return text(key).flatMap(word -> {
            Optional<E> value = Words.parse(type, word);
            if (value.isEmpty()) {
                String allowed = Words.all(type);
                problems.form(
                        at(key),
                        Problems.show(word),
                        "one of " + allowed,
                        "Choose one of them." + DidYouMean.among(word, List.of(allowed.split(", "))));
            }
            return value;
        });
    }

    /** A list of strings. Any other element is reported and replaced by an empty string, so that the indices stay the same. */
    Optional<String[]> texts(String key) {
        return sequence(key).map(elements -> {
            String[] texts = new String[elements.size()];
            for (int i = 0; i < texts.length; i++) {
                texts[i] = text(at(key) + "[" + i + "]", elements.get(i)).orElse("");
            }
            return texts;
        });
    }

    /** A mapping from text to text. */
    void entries(String key, BiConsumer<String, String> sink) {
        find(key).ifPresent(node -> {
            if (node instanceof Node.Mapping mapping) {
                mapping.entries()
                        .forEach((name, value) ->
                                text(join(at(key), name), value).ifPresent(text -> sink.accept(name, text)));
            } else {
                notAMapping(at(key), node);
            }
        });
    }

    /** A mapping with any content, null included. */
    Optional<Map<String, @Nullable Object>> tree(String key) {
        Optional<Node> node = find(key);
        if (node.isPresent() && !(node.get() instanceof Node.Mapping)) {
            notAMapping(at(key), node.get());
        }
        return node.filter(Node.Mapping.class::isInstance).map(mapping -> ChartValues.map((Node.Mapping) mapping));
    }

    /** Reports one of two fields that is there without the other one. */
    void together(String one, String other) {
        if (has(one) != has(other)) {
            problems.form(
                    at(has(one) ? other : one),
                    "nothing",
                    "both " + one + " and " + other + ", or neither",
                    "Give both.");
        }
    }

    /** A mapping with known fields; the reader must name them all. */
    void mapping(String key, Consumer<Fields> reader) {
        find(key).ifPresent(node -> mapping(at(key), node, reader));
    }

    /** A list of mappings. For an element that is none, the reader is given an empty one, so that indices hold. */
    void mappings(String key, Consumer<Fields> reader) {
        sequence(key).ifPresent(elements -> {
            for (int i = 0; i < elements.size(); i++) {
                String at = at(key) + "[" + i + "]";
                if (!mapping(at, elements.get(i), reader)) {
                    reader.accept(new Fields(new Node.Mapping(elements.get(i).at(), Map.of()), at, problems));
                }
            }
        });
    }

    private boolean mapping(String at, Node node, Consumer<Fields> reader) {
        if (node instanceof Node.Mapping mapping) {
            Fields fields = new Fields(mapping, at, problems);
            reader.accept(fields);
            fields.finish();
            return true;
        }
        notAMapping(at, node);
        return false;
    }

    private void notAMapping(String at, Node node) {
        problems.form(at, node.kind(), "a mapping of fields to values", "Write fields below it, or leave it out.");
    }

    private Optional<List<Node>> sequence(String key) {
        Optional<Node> found = find(key);
        if (found.isPresent() && !(found.get() instanceof Node.Sequence)) {
            problems.form(
                    at(key), found.get().kind(), "a list", "Write a list, as in [a, b], even for a single element.");
        }
        return found.filter(Node.Sequence.class::isInstance).map(node -> ((Node.Sequence) node).elements());
    }

    private static String shown(Node node) {
        if (node instanceof Node.Text text) {
            return Problems.show(text.text());
        }
        if (node instanceof Node.Number number) {
            return ForeignText.line(number.text(), 80);
        }
        return node instanceof Node.Bool bool ? String.valueOf(bool.value()) : node.kind();
    }

    /** Reports what no method has named. Values are not shown: they may be anything, secrets included. */
    void finish() {
        for (String key : entries.keySet()) {
            if (problems.areFull()) {
                return;
            }
            if (!known.contains(key)) {
                problems.form(
                        at(key),
                        "an unknown field",
                        "one of " + String.join(", ", known),
                        "Remove the field." + DidYouMean.among(key, known));
            }
        }
    }
}
