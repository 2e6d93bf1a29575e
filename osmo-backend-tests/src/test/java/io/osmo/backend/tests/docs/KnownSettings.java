// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.docs;

import io.osmo.backend.error.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The settings that a reader knows, and the values that it takes: what it says of settings and values that are wrong. */
final class KnownSettings {
    private static final Object WRONG = new Object();
    private static final String ONE_OF = "one of ";

    private final BiFunction<Map<String, Object>, Consumer<Violation>, Optional<?>> reader;

    KnownSettings(BiFunction<Map<String, Object>, Consumer<Violation>, Optional<?>> reader) {
        this.reader = reader;
    }

    List<String> names() {
        return names(value -> value);
    }

    /** Names of the settings of each entry of a map, such as a pool; none when its entries are values. */
    List<String> namesInEntriesOf(String setting) {
        return hasMaps(value -> Map.of(setting, value), "name")
                ? names(value -> Map.of(setting, Map.of("name", value)))
                : List.of();
    }

    private List<String> names(UnaryOperator<Object> place) {
        return refusal(place, Map.of("?", WRONG)).filter(allowed -> allowed.startsWith(ONE_OF)).stream()
                .flatMap(allowed -> List.of(allowed.substring(ONE_OF.length()).split(", ")).stream())
                .toList();
    }

    String allowed(String setting) {
        return allowed(value -> Map.of(setting, value));
    }

    String allowedInEntriesOf(String setting, String name) {
        return allowed(value -> Map.of(setting, Map.of("name", Map.of(name, value))));
    }

    private String allowed(UnaryOperator<Object> place) {
        String allowed = refusal(place, WRONG).orElse("anything");
        return switch (allowed) {
            case "text that is not empty" ->
                refusal(place, "%").filter("a URI"::equals).orElse("a text");
            case "a list of texts" ->
                refusal(place, List.of("?"))
                        .map(of -> "a list of " + constants(of))
                        .orElse(allowed);
            case "a map" -> map(place);
            default -> constants(allowed);
        };
    }

    private String map(UnaryOperator<Object> place) {
        Optional<String> keys = refusal(place, Map.of("name", WRONG)).filter(allowed -> allowed.startsWith(ONE_OF));
        String key = keys.map(names -> names.substring(ONE_OF.length()).split(", ")[0])
                .orElse("name");
        String value = hasMaps(place, key) ? "the settings below" : allowed(given -> place.apply(Map.of(key, given)));
        return "a map from " + keys.map(KnownSettings::constants).orElse("names") + " to " + value;
    }

    private boolean hasMaps(UnaryOperator<Object> place, String key) {
        return refusal(place, Map.of(key, WRONG)).filter("a map"::equals).isPresent();
    }

    private static String constants(String allowed) {
        return allowed.startsWith(ONE_OF)
                ? "`" + allowed.substring(ONE_OF.length()).replace(", ", "`, `") + "`"
                : allowed;
    }

    /** What is allowed instead of a value. */
    @SuppressWarnings("unchecked")
    private Optional<String> refusal(UnaryOperator<Object> place, Object value) {
        List<Violation> violations = new ArrayList<>();
        Optional<?> read = reader.apply((Map<String, Object>) place.apply(value), violations::add);
        return read.isPresent()
                ? Optional.empty()
                : Optional.of(violations.get(0).allowed());
    }
}
