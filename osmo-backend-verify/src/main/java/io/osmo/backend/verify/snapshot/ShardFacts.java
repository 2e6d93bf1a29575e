// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import java.util.Map;

/**
 * A scheduling shard of KAI.
 *
 * @param partition value of the label {@code kai.scheduler/node-pool} of its nodes; empty for nodes without the label
 * @param args arguments that it passes to its scheduler
 */
public record ShardFacts(String name, String partition, Map<String, String> args) {
    public ShardFacts {
        args = Map.copyOf(args);
    }

    @Override
    public String toString() {
        return "schedulingshard/" + name;
    }
}
