// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.node;

import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.values.OsmoUnits;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;
import java.util.stream.Collectors;

/** The OSMO service fails on a quantity that it cannot parse. */
public final class UnitsParsable extends AbstractCheck {
    private static final List<String> KEYS = List.of("cpu", "memory", "ephemeral-storage");

    public UnitsParsable() {
        super(
                "node.units-parsable",
                "allocatable cpu, memory and ephemeral-storage in units that OSMO can parse",
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
                        n -> unreadable(n).isEmpty(),
                        n -> unreadable(n),
                        "Replace the node: OSMO parses T, G, M, K with or without i and B, m, or no unit."));
    }

    private static String unreadable(NodeFacts node) {
        return KEYS.stream()
                .filter(key -> node.allocatable().containsKey(key)
                        && !OsmoUnits.readable(node.allocatable().get(key)))
                .map(key -> key + " " + node.allocatable().get(key))
                .collect(Collectors.joining(", "));
    }
}
