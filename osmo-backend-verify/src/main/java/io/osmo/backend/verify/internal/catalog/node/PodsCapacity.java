// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.node;

import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.values.Quantities;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.Vantage;

/** The smallest machines that are useful to OSMO have room for 29 pods; a common default is 30. */
public final class PodsCapacity extends AbstractCheck {
    private static final int LEAST = 29;

    public PodsCapacity() {
        super("node.pods-capacity", "room for 29 pods or more on every node", Severity.WARNING, Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.nodes(),
                nodes -> each(
                        nodes.stream()
                                .filter(n -> n.allocatable().containsKey("pods"))
                                .toList(),
                        "nodes",
                        n -> pods(n) >= LEAST,
                        n -> pods(n) + " pods",
                        "Raise the pool's maximum number of pods, or use an instance type with more addresses."));
    }

    private static long pods(NodeFacts node) {
        return Quantities.amount(node.allocatable().getOrDefault("pods", "")).orElse(0);
    }
}
