// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.spec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Values for a chart: plain data in which null has a meaning, since it removes a default of the chart. */
public final class ChartValues {
    /** Names that hold a secret wherever they occur in charts. Names such as {@code tokenSecretName} refer to one. */
    private static final Set<String> SECRET_NAMES = Set.of(
            "password",
            "passwd",
            "token",
            "apikey",
            "apitoken",
            "authtoken",
            "accesstoken",
            "secretkey",
            "secretaccesskey",
            "clientsecret",
            "privatekey",
            "bearertoken");

    private ChartValues() {}

    /** A deep copy that cannot be modified, with each number in one form, so that equal values are equal. */
    public static Map<String, @Nullable Object> copy(Map<String, ? extends @Nullable Object> values) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        values.forEach((key, value) -> copy.put(key, copyOf(value)));
        return Collections.unmodifiableMap(copy);
    }

    private static @Nullable Object copyOf(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((key, element) -> copy.put(key, copyOf(element)));
            return Collections.unmodifiableMap(copy);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>();
            list.forEach(element -> copy.add(copyOf(element)));
            return Collections.unmodifiableList(copy);
        }
        if (value instanceof Long number && number.intValue() == number) {
            return number.intValue();
        }
        return value instanceof Float number ? Double.valueOf(number.toString()) : value;
    }

    /** A part of a document as values; unlike {@link Node#plain} it keeps null. */
    static Map<String, @Nullable Object> map(Node.Mapping mapping) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        mapping.entries().forEach((key, value) -> map.put(key, of(value)));
        return map;
    }

    private static @Nullable Object of(Node node) {
        if (node instanceof Node.Mapping mapping) {
            return map(mapping);
        }
        if (node instanceof Node.Sequence sequence) {
            List<@Nullable Object> list = new ArrayList<>();
            sequence.elements().forEach(element -> list.add(of(element)));
            return list;
        }
        if (node instanceof Node.Number number) {
            try {
                return Long.valueOf(number.text());
            } catch (NumberFormatException notWhole) {
                return node.plain();
            }
        }
        return node instanceof Node.Nothing ? null : node.plain();
    }

    /** Whether a text under this name is a secret by all custom. */
    static boolean namesSecret(String key) {
        return SECRET_NAMES.contains(key.replaceAll("[-_.]", "").toLowerCase(Locale.ROOT));
    }

    /** Goes through all that is no map and no list. */
    static void leaves(String path, Map<?, ?> values, BiConsumer<Leaf, @Nullable Object> leaf) {
        values.forEach((key, value) -> {
            String name = String.valueOf(key);
            leaves(new Leaf(EntryPath.of(path, name), key instanceof String ? name : ""), value, leaf);
        });
    }

    private static void leaves(Leaf at, @Nullable Object value, BiConsumer<Leaf, @Nullable Object> leaf) {
        if (value instanceof Map<?, ?> map) {
            leaves(at.path(), map, leaf);
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                leaves(new Leaf(at.path() + "[" + i + "]", at.name()), list.get(i), leaf);
            }
        } else {
            leaf.accept(at, value);
        }
    }

    /**
     * Place of a value.
     *
     * @param name its key, or that of the list it is in; empty when the key is no text
     */
    record Leaf(String path, String name) {}
}
