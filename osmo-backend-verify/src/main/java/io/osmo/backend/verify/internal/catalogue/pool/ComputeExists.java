// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.pool;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalogue.controlplane.ManagedServices;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;

/** CN-1: a pool that has scaled to zero counts by its definition. */
public final class ComputeExists extends AbstractCheck {

    public ComputeExists() {
        super("pool.compute.exists", "at least one compute pool", Requirement.CN_1, Severity.ERROR, Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(evidence.computeNodes(), nodes -> {
            List<CloudFacts.Pool> pools = Pools.compute(evidence.pools().known().orElse(List.of()));
            boolean elastic =
                    evidence.nodes().known().orElse(List.of()).stream().anyMatch(ManagedServices::ofCloud);
            if (nodes.isEmpty() && elastic && evidence.pools() instanceof Fact.Unknown<List<CloudFacts.Pool>> unread) {
                return unknown("no compute node, and whether there is an empty pool was not read: " + unread.reason());
            }
            if (nodes.isEmpty() && pools.isEmpty()) {
                return breach(
                        "no node with a label node-type other than operator",
                        "Create a node pool with the label node-type=compute or node-type=gpu.");
            }
            return pass(nodes.size()
                    + (nodes.size() == 1 ? " node" : " nodes")
                    + (pools.isEmpty() ? "" : " in " + pools.size() + (pools.size() == 1 ? " pool" : " pools")));
        });
    }
}
