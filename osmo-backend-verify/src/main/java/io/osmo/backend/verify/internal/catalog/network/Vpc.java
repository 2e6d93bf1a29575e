// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.network;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.rules.QuotaDemand;
import io.osmo.backend.verify.internal.values.Ranges;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * NW-1: every node that pools may still add needs an address. Where pods have no range of their own, they use addresses of the network
 * too: fewer than thirty per node is a warning. On some clouds each node takes a part of a pod range.
 */
public final class Vpc extends AbstractCheck {
    private static final int PODS = 30;
    private static final String NEXT =
            "Add subnets or a secondary range to the network, or lower the maximum sizes of pools.";

    public Vpc() {
        super(
                "network.vpc",
                "enough free addresses for all pools at their maximum size",
                Requirement.NW_1,
                Severity.ERROR,
                Vantage.CLOUD);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.network(),
                network -> given(evidence.pools(), pools -> {
                    if (network.subnets().isEmpty()) {
                        return breach("no subnets", "Give the cluster subnets that exist.");
                    }
                    long free = network.subnets().stream()
                            .mapToLong(CloudFacts.NetworkFacts.Subnet::freeAddresses)
                            .sum();
                    long machines =
                            new QuotaDemand(pools, evidence.expectations().pools(), evidence.allNodes()).machines();
                    String observed = free + " free addresses in "
                            + network.subnets().size() + " subnets for " + machines + " more nodes";
                    if (free < machines) {
                        return breach(observed, NEXT);
                    }
                    Optional<String> narrow =
                            narrow(network.cidrs(), evidence.allNodes().known().orElse(List.of()), machines);
                    if (narrow.isPresent()) {
                        return breach(
                                narrow.get(), "Add a pod range to the cluster, or lower the maximum sizes of pools.");
                    }
                    return free < machines * PODS ? withPods(evidence, observed) : pass(observed);
                }));
    }

    /** Where each node takes a part of a pod range: whether too few parts are left. */
    private static Optional<String> narrow(List<String> ranges, List<NodeFacts> nodes, long machines) {
        Map<String, List<String>> taken = new TreeMap<>();
        for (NodeFacts node : nodes) {
            for (String piece : node.podCidrs()) {
                ranges.stream()
                        .filter(range -> Ranges.parts(range, piece) > 0)
                        .findFirst()
                        .ifPresent(range -> taken.computeIfAbsent(range, r -> new ArrayList<>())
                                .add(piece));
            }
        }
        long room = taken.entrySet().stream()
                .mapToLong(e -> Ranges.parts(e.getKey(), e.getValue().get(0))
                        - e.getValue().size())
                .sum();
        return taken.isEmpty() || machines <= room
                ? Optional.empty()
                : Optional.of("room for " + room + " more nodes in the pod ranges " + String.join(", ", taken.keySet())
                        + ", but pools may add " + machines);
    }

    /** There are enough addresses for machines, but maybe not for their pods. */
    private Finding withPods(Evidence evidence, String observed) {
        return given(evidence.allNodes(), nodes -> {
            if (nodes.isEmpty()) {
                return unknown(observed + "; without a node it is unknown whether pods use addresses of the network");
            }
            return nodes.stream().anyMatch(node -> !node.podCidrs().isEmpty())
                    ? pass(observed + "; pods have their own ranges")
                    : breach(Severity.WARNING, observed + " and " + PODS + " pods on each", NEXT);
        });
    }
}
