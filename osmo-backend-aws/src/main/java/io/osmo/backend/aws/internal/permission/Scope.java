// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.permission;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * On what an action is allowed.
 *
 * @param resources ARNs, with {@code *} for any characters
 * @param condition by operator and key; empty if there is none
 */
record Scope(List<String> resources, Map<String, Map<String, Object>> condition) {
    Scope {
        resources = List.copyOf(resources);
        condition = Map.copyOf(condition);
    }

    static Scope of(String... resources) {
        return new Scope(List.of(resources), Map.of());
    }

    /** The same with one more condition; all of them have to be met. */
    Scope when(String operator, String key, Object value) {
        Map<String, Object> keys = new TreeMap<>(condition.getOrDefault(operator, Map.of()));
        keys.put(key, value);
        Map<String, Map<String, Object>> all = new TreeMap<>(condition);
        all.put(operator, keys);
        return new Scope(resources, all);
    }
}
