// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.network;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.values.Ranges;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** NW-1: for clouds on which pods have their own ranges. */
public final class NodePodOverlap extends AbstractCheck {

    public NodePodOverlap() {
        super(
                "network.node-pod-overlap",
                "no node address inside a pod range",
                Requirement.NW_1,
                Severity.ERROR,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(evidence.allNodes(), nodes -> {
            List<String> pods = nodes.stream()
                    .flatMap(n -> n.podCidrs().stream())
                    .distinct()
                    .toList();
            if (pods.isEmpty()) {
                return skipped("pods have no range of their own");
            }
            Predicate<String> inside = Ranges.inside(pods);
            List<NodeFacts> odd = nodes.stream()
                    .filter(n -> !Ranges.invalid(addresses(n)).isEmpty())
                    .toList();
            if (!odd.isEmpty()
                    && nodes.stream().noneMatch(n -> n.internalIps().stream().anyMatch(inside))) {
                return unknown("'" + Ranges.invalid(addresses(odd.get(0))).get(0) + "' of "
                                + odd.get(0).name() + " is no IP address")
                        .about(odd);
            }
            return each(
                    nodes,
                    "nodes",
                    n -> n.internalIps().stream().noneMatch(inside),
                    n -> n.internalIps() + " inside a pod range",
                    "Create the cluster again with a pod range outside the network.");
        });
    }

    private static List<String> addresses(NodeFacts node) {
        return Stream.concat(node.internalIps().stream(), node.podCidrs().stream())
                .toList();
    }
}
