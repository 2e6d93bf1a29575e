// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.kai;

import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.stack.KaiCheck;
import io.osmo.backend.verify.snapshot.ShardFacts;
import java.util.Set;
import java.util.stream.Collectors;

/** A node that belongs to no shard gets no tasks. */
public final class ShardCoversNodes extends KaiCheck {

    public ShardCoversNodes() {
        super("kai.shard-covers-nodes", "a scheduling shard for every compute node", Severity.WARNING);
    }

    @Override
    protected Finding judgeKai(Evidence evidence) {
        return given(
                evidence.computeNodes(),
                nodes -> given(evidence.snapshot().stack().shards(), shards -> {
                    if (shards.isEmpty()) {
                        return skipped("no scheduling shard is defined, as before KAI 0.10");
                    }
                    Set<String> partitions =
                            shards.stream().map(ShardFacts::partition).collect(Collectors.toSet());
                    return each(
                            nodes,
                            "compute nodes",
                            n -> partitions.contains(n.label("kai.scheduler/node-pool")),
                            n -> n.label("kai.scheduler/node-pool").isEmpty()
                                    ? "no shard for nodes without a label"
                                    : "no shard for " + n.label("kai.scheduler/node-pool"),
                            "Create a SchedulingShard with that partitionLabelValue, or remove the label from the nodes.");
                }));
    }
}
