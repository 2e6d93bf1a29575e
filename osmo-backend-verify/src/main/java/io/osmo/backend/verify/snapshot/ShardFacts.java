// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import io.osmo.backend.cluster.Fact;
import java.util.Map;
import java.util.Set;

/**
 * A scheduling shard of KAI.
 *
 * @param partition value of the label {@code kai.scheduler/node-pool} of its nodes; empty for nodes without the label
 * @param args arguments that it passes to its scheduler
 * @param disabledActions actions that its scheduler leaves out, such as {@code stalegangeviction}
 */
public record ShardFacts(String name, String partition, Map<String, String> args, Fact<Set<String>> disabledActions) {
    public ShardFacts {
        args = Map.copyOf(args);
        disabledActions = disabledActions.map(Set::copyOf);
    }

    @Override
    public String toString() {
        return "schedulingshard/" + name;
    }
}
