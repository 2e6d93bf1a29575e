// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.osmo;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.stack.OsmoCheck;
import io.osmo.backend.verify.internal.values.Quantities;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.OsmoFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;

/** The token of a backend may ask for the GPUs of a pool. Pools that share nodes each count those that they share. */
public final class ResourceTotals extends OsmoCheck {
    private static final String GPU = "nvidia.com/gpu";

    public ResourceTotals() {
        super(
                "osmo.resource-totals",
                "all GPUs of ready compute nodes counted by the OSMO service",
                Severity.WARNING,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence, OsmoFacts osmo) {
        return connected(
                osmo, backend -> pools(osmo, pools -> given(evidence.computeNodes(), nodes -> judge(pools, nodes))));
    }

    private Finding judge(List<OsmoFacts.Pool> pools, List<NodeFacts> nodes) {
        long counted = 0;
        for (OsmoFacts.Pool pool : pools) {
            if (pool.gpus() instanceof Fact.Unknown<Integer> unread) {
                return unknown(unread);
            }
            counted += pool.gpus().known().orElseThrow();
        }
        List<NodeFacts> ready = nodes.stream().filter(NodeFacts::available).toList();
        long existing = ready.stream()
                .mapToLong(node -> (long) Quantities.amount(node.allocatable().getOrDefault(GPU, ""))
                        .orElse(0))
                .sum();
        return counted >= existing
                ? pass(counted + " GPUs in " + names(pools))
                : breach(
                        counted + " GPUs in " + names(pools) + ", and " + existing + " on ready compute nodes",
                        "Make sure that a platform of the pool selects the GPU nodes and tolerates their taints."
                                + " New nodes are counted after up to five minutes.");
    }
}
