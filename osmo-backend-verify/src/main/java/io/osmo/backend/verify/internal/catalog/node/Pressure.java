// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.node;

import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;

/** OSMO looks at the condition Ready only, and would still send tasks to such a node. */
public final class Pressure extends AbstractCheck {
    private static final List<String> CONDITIONS =
            List.of("MemoryPressure", "DiskPressure", "PIDPressure", "NetworkUnavailable");

    public Pressure() {
        super(
                "node.pressure",
                "no pressure on memory, disk, processes or network",
                Severity.WARNING,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.nodes(),
                nodes -> each(
                        nodes,
                        "nodes",
                        n -> pressures(n).isEmpty(),
                        n -> String.join(", ", pressures(n)),
                        "kubectl describe node NAME; then free or add what is short."));
    }

    private static List<String> pressures(NodeFacts node) {
        return CONDITIONS.stream()
                .filter(type -> "True".equals(node.conditions().get(type)))
                .toList();
    }
}
