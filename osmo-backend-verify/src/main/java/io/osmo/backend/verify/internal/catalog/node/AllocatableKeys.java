// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.node;

import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.values.Quantities;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;

/** If one node lacks them, OSMO's list of resources fails with status 500 for all nodes. */
public final class AllocatableKeys extends AbstractCheck {
    private static final List<String> KEYS = List.of("cpu", "memory", "ephemeral-storage");

    public AllocatableKeys() {
        super(
                "node.allocatable-keys",
                "allocatable cpu, memory and ephemeral-storage on every node",
                Severity.ERROR,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.allNodes(),
                nodes -> each(
                        nodes,
                        "nodes",
                        n -> missing(n).isEmpty(),
                        n -> "no " + String.join(", ", missing(n)),
                        "Keep virtual nodes, such as those of virtual-kubelet or of serverless pods, out of this cluster."));
    }

    private static List<String> missing(NodeFacts node) {
        return KEYS.stream()
                .filter(key -> Quantities.amount(node.allocatable().getOrDefault(key, ""))
                        .isEmpty())
                .toList();
    }
}
