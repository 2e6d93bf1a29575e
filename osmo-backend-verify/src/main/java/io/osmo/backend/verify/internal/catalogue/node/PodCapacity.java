// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.node;

import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.units.Quantities;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.Vantage;

/** Listener, worker, agents and a handful of tasks need room. */
public final class PodCapacity extends AbstractCheck {
    private static final int LEAST = 30;

    public PodCapacity() {
        super("node.pods-capacity", "room for 30 pods or more on every node", Severity.WARNING, Vantage.KUBERNETES);
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
                        "Raise the pool's maximum of pods, or take a machine type with more addresses."));
    }

    private static long pods(NodeFacts node) {
        return Quantities.amount(node.allocatable().getOrDefault("pods", "")).orElse(0);
    }
}
