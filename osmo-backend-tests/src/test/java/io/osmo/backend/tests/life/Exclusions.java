// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.life;

import java.util.Map;

/**
 * What is left out of histories on a cloud, with the reason: the one place for that. A name is that of a kind of step, of an edit or of
 * something done by hand.
 */
final class Exclusions {
    private static final Map<String, String> AWS = Map.ofEntries(
            Map.entry("add type", "pools are still deleted before they are created"),
            Map.entry("swap types", "the same"),
            Map.entry("remove type", "the same"),
            Map.entry("pool zones", "the same"),
            Map.entry("spot", "the same"),
            Map.entry("network zones", "the same"),
            Map.entry("strip tags", "the same"),
            Map.entry("add pool", "its name is looked up by prefix"),
            Map.entry("remove pool", "it is not called an outage yet"),
            Map.entry("scale", "lowering the maximum is not called an outage yet"),
            Map.entry("workload", "the emulated EKS does not evict pods when it updates a node group"),
            Map.entry("protection", "a destruction does not ask for the protection first"),
            Map.entry("disable key", "a key that is disabled is still replaced"),
            Map.entry("schedule key", "the same"),
            Map.entry("foreign node group", "a destruction does not look for it first"),
            Map.entry("delete nat gateway", "tokens of creation are remembered for ever"),
            Map.entry("destroy", "the same: a backend cannot be rebuilt"),
            Map.entry("struck destroy", "the same"),
            Map.entry("rebuild", "the same"),
            Map.entry("delete node group", "the same"));

    private static final Map<String, Map<String, String>> ALL = Map.of("aws", AWS);

    private Exclusions() {}

    static boolean isExcluded(String cloud, String name) {
        return ALL.getOrDefault(cloud, Map.of()).containsKey(name) && !Boolean.getBoolean("life.everything");
    }
}
