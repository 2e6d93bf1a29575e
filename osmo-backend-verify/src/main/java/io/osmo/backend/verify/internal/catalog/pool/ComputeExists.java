// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.pool;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spec.PoolRole;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.cloud.CloudServices;
import io.osmo.backend.verify.snapshot.Expectations;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** CN-1: every compute pool of the spec, and at least one. A pool that has scaled to zero counts too. */
public final class ComputeExists extends AbstractCheck {

    public ComputeExists() {
        super("pool.compute.exists", "at least one compute pool", Requirement.CN_1, Severity.ERROR, Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(evidence.computeNodes(), nodes -> {
            List<NodeFacts> unusable = evidence.allNodes().known().orElse(List.of()).stream()
                    .filter(n -> Evidence.isCompute(n) && evidence.outOfScope(n).isPresent())
                    .toList();
            List<CloudFacts.Pool> pools = Pools.compute(evidence.pools().known().orElse(List.of())).stream()
                    .filter(pool -> nodes.stream().anyMatch(n -> isOf(pool, n))
                            || unusable.stream().noneMatch(n -> isOf(pool, n)))
                    .toList();
            boolean elastic =
                    evidence.allNodes().known().orElse(List.of()).stream().anyMatch(CloudServices::isHosted);
            if (nodes.isEmpty() && elastic && evidence.pools() instanceof Fact.Unknown<List<CloudFacts.Pool>> unread) {
                return unknown("no compute node, and pools could not be read: " + unread.reason());
            }
            if (nodes.isEmpty() && pools.isEmpty() && !unusable.isEmpty()) {
                return breach(
                                "no compute node that OSMO can use: "
                                        + unusable.stream()
                                                .map(n -> evidence.outOfScope(n).orElseThrow())
                                                .distinct()
                                                .sorted()
                                                .collect(Collectors.joining(", ")),
                                "Create a pool of Linux machines with the label node-type=compute or node-type=gpu.")
                        .about(unusable);
            }
            if (nodes.isEmpty() && pools.isEmpty()) {
                return breach(
                        "no node with a label node-type other than operator",
                        "Create a node pool with the label node-type=compute or node-type=gpu.");
            }
            List<String> missing = missing(evidence);
            if (!missing.isEmpty()) {
                return breach(
                                "the cloud has no pool for " + String.join(", ", missing) + " of the spec",
                                "Apply the spec again; see what the cloud reports about capacity and quota.")
                        .about(missing.stream().map(name -> "pool/" + name).toList());
            }
            return pass(nodes.size()
                    + (nodes.size() == 1 ? " node" : " nodes")
                    + (pools.isEmpty() ? "" : " in " + pools.size() + (pools.size() == 1 ? " pool" : " pools")));
        });
    }

    private static boolean isOf(CloudFacts.Pool pool, NodeFacts node) {
        return node.pool().equals(Optional.of(pool.name()));
    }

    /** CPU pools of the spec that are missing, if the cloud's pools can be matched to the spec's. GPU pools have their own check. */
    private static List<String> missing(Evidence evidence) {
        Set<String> existing = evidence.pools().known().orElse(List.of()).stream()
                .flatMap(pool -> pool.specPool().stream())
                .collect(Collectors.toSet());
        return evidence.expectations().pools(PoolRole.CPU).stream()
                .map(Expectations.Pool::name)
                .filter(name -> !existing.isEmpty() && !existing.contains(name))
                .toList();
    }
}
