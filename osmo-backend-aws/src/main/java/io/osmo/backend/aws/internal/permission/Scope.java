// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.permission;

import java.util.List;
import java.util.Map;

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

    Scope when(String operator, String key, Object value) {
        return new Scope(resources, Map.of(operator, Map.of(key, value)));
    }
}
