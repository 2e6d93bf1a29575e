// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.life;

import java.util.HashMap;
import java.util.Map;

/**
 * What is left out of histories on a cloud, with the reason: the one place for that. A name is that of a kind of step, of an edit or of
 * something done by hand.
 */
final class Exclusions {
    private static final Map<String, Map<String, String>> ALL = Map.of();

    private Exclusions() {}

    /** Names, each with its reason after it. */
    private static Map<String, String> reasons(String... pairs) {
        Map<String, String> reasons = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            reasons.put(pairs[i], pairs[i + 1]);
        }
        return reasons;
    }

    static boolean isExcluded(String cloud, String name) {
        return ALL.getOrDefault(cloud, Map.of()).containsKey(name) && !Boolean.getBoolean("life.everything");
    }
}
