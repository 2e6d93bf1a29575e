// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.error.Violation;
import io.osmo.backend.internal.spec.DidYouMean;
import java.net.URI;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Reads the settings of one provider from plain data, key by key. A subclass declares its settings in its constructor, each with a
 * consumer of its value. Unknown keys and wrong types are reported as violations. For one reading only; not safe for concurrent use.
 */
public abstract class SettingsReader {
    private static final int LONGEST_SHOWN = 200;

    private final Consumer<Violation> problems;
    private final Map<String, BiConsumer<String, Object>> settings = new TreeMap<>();
    private boolean failed;

    /** @param problems receives a violation for each unknown key and each value of the wrong type */
    protected SettingsReader(Consumer<Violation> problems) {
        this.problems = problems;
    }

    /** A setting that is a text. */
    protected final void text(String name, Consumer<String> target) {
        setting(name, (path, value) -> text(path, value, target));
    }

    /** A setting that is true or false. */
    protected final void flag(String name, Consumer<Boolean> target) {
        setting(name, (path, value) -> flag(path, value, target));
    }

    /** A setting that is a whole number. */
    protected final void number(String name, Consumer<Integer> target) {
        setting(name, (path, value) -> number(path, value, target));
    }

    /** A setting that is a URI. */
    protected final void uri(String name, Consumer<URI> target) {
        setting(name, (path, value) -> uri(path, value, target));
    }

    /** A setting that is one of the constants of an enum. */
    protected final <E extends Enum<E>> void choice(String name, Class<E> type, Consumer<E> target) {
        setting(name, (path, value) -> choice(path, value, type, target));
    }

    /** A setting that is a map. */
    protected final void entries(String name, Entry target) {
        setting(name, (path, value) -> entries(path, value, target));
    }

    /** Any other setting. */
    protected final void setting(String name, BiConsumer<String, Object> target) {
        settings.put(name, target);
    }

    /** Reads one setting. */
    protected void setting(String key, String path, Object value) {
        settings.getOrDefault(key, (at, given) -> unknown(at, settings.keySet()))
                .accept(path, value);
    }

    /** Reads all settings and returns whether there was no problem. */
    protected final boolean read(Map<String, Object> data) {
        data.forEach((key, value) -> setting(key, "settings." + PlainText.of(key, LONGEST_SHOWN), value));
        return !failed;
    }

    protected final <E extends Enum<E>> void choice(String path, Object value, Class<E> type, Consumer<E> target) {
        String given = String.valueOf(value).toUpperCase(Locale.ROOT);
        Optional<E> found = Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(given))
                .findFirst();
        found.ifPresentOrElse(
                target,
                () -> problem(
                        path,
                        value,
                        "one of "
                                + Arrays.stream(type.getEnumConstants())
                                        .map(Enum::name)
                                        .collect(Collectors.joining(", ")),
                        "Choose one of these."));
    }

    protected final void text(String path, Object value, Consumer<String> target) {
        if (value instanceof String text && !text.isBlank()) {
            target.accept(text);
        } else {
            problem(path, value, "text that is not empty", "Give a text.");
        }
    }

    protected final void flag(String path, Object value, Consumer<Boolean> target) {
        if (value instanceof Boolean flag) {
            target.accept(flag);
        } else {
            problem(path, value, "true or false", "Give true or false.");
        }
    }

    protected final void number(String path, Object value, Consumer<Integer> target) {
        if (value instanceof Number number && number.doubleValue() == number.intValue()) {
            target.accept(number.intValue());
        } else {
            problem(path, value, "a whole number", "Give a whole number.");
        }
    }

    protected final void uri(String path, Object value, Consumer<URI> target) {
        text(path, value, text -> {
            try {
                target.accept(URI.create(text));
            } catch (IllegalArgumentException malformed) {
                problem(path, text, "a URI", "Give scheme, host and optional port, such as https://127.0.0.1:6443.");
            }
        });
    }

    /** The texts of a list, each with its path. */
    protected final List<Map.Entry<String, String>> strings(String path, Object value) {
        if (!(value instanceof List<?> list)) {
            problem(path, value, "a list of texts", "Give a list.");
            return List.of();
        }
        return IntStream.range(0, list.size())
                .filter(i -> {
                    boolean good = list.get(i) instanceof String;
                    if (!good) {
                        problem(path + "[" + i + "]", list.get(i), "a text", "Give a text.");
                    }
                    return good;
                })
                .mapToObj(i -> Map.entry(path + "[" + i + "]", (String) list.get(i)))
                .toList();
    }

    protected final void entries(String path, Object value, Entry target) {
        if (!(value instanceof Map<?, ?> map)) {
            problem(path, value, "a map", "Give names and values.");
            return;
        }
        map.forEach((key, given) -> target.accept(
                String.valueOf(key), path + "." + PlainText.of(String.valueOf(key), LONGEST_SHOWN), given));
    }

    /** A question to append to a remedy, such as {@code " Did you mean region?"}; empty if no known word is similar. */
    public static String didYouMean(String word, Collection<String> known) {
        return DidYouMean.among(word, known);
    }

    /** Reports an unknown key. */
    protected final void unknown(String path, Collection<String> names) {
        problem(
                path,
                "an unknown setting",
                "one of " + names.stream().sorted().collect(Collectors.joining(", ")),
                "Remove it or correct its name." + didYouMean(path.substring(path.lastIndexOf('.') + 1), names));
    }

    protected final void problem(String path, Object given, String allowed, String remedy) {
        failed = true;
        problems.accept(new Violation(
                path, Optional.empty(), PlainText.of(String.valueOf(given), LONGEST_SHOWN), allowed, remedy));
    }

    /** One entry of a map: its key, its path and its value. */
    protected interface Entry {
        void accept(String key, String path, Object value);
    }
}
