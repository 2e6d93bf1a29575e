// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.values;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.osmo.backend.internal.text.PlainYaml;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Nested maps and lists, as Helm values are. */
public final class Tree {
    private Tree() {}

    /** An ordered map of keys and values, one after the other. */
    public static Map<String, @Nullable Object> of(@Nullable Object... keysAndValues) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put(String.valueOf(keysAndValues[i]), keysAndValues[i + 1]);
        }
        return map;
    }

    /** A deep copy that cannot be modified. Values may be null, which removes a key in Helm. */
    public static Map<String, Object> frozen(Map<String, @Nullable Object> map) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(key, freeze(value)));
        return hiddenNulls(Collections.unmodifiableMap(copy));
    }

    @SuppressWarnings({"unchecked", "NullAway"})
    private static Map<String, Object> hiddenNulls(Map<String, @Nullable Object> map) {
        return (Map<String, Object>) (Map<String, ?>) map;
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Object freeze(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return frozen((Map<String, @Nullable Object>) map);
        }
        return value instanceof List<?> list ? list.stream().map(Tree::freeze).toList() : value;
    }

    public static String yaml(Map<String, Object> values) {
        try {
            return PlainYaml.write(values);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("values are plain data", e);
        }
    }
}
