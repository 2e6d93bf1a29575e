// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.network;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.values.Ranges;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;
import java.util.function.Predicate;

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
        return given(evidence.nodes(), nodes -> {
            List<String> pods = nodes.stream()
                    .flatMap(n -> n.podCidrs().stream())
                    .distinct()
                    .toList();
            if (pods.isEmpty()) {
                return skipped("pods have no range of their own");
            }
            Predicate<String> inside = Ranges.inside(pods);
            return each(
                    nodes,
                    "nodes",
                    n -> n.internalIps().stream().noneMatch(inside),
                    n -> n.internalIps() + " inside a pod range",
                    "Create the cluster again with a pod range outside the network.");
        });
    }
}
