// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.pool;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.values.Quantities;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.PodFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** OP-2: listener and worker together request 2 CPU and 3 GiB, unless the chart sets other values. */
public final class OperatorFitsOperator extends AbstractCheck {
    private static final long CPU_MILLIS = 2000;
    private static final long MEMORY_BYTES = 3L << 30;

    public OperatorFitsOperator() {
        super(
                "pool.operator.fits-operator",
                "2 CPU and 3 GiB of memory free on the operator nodes, not counting OSMO's own pods",
                Requirement.OP_2,
                Severity.ERROR,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.operatorNodes()
                        .map(all -> all.stream().filter(NodeFacts::available).toList()),
                nodes -> given(evidence.snapshot().core().pods(), pods -> {
                    if (nodes.isEmpty()) {
                        return skipped("no operator node that is ready");
                    }
                    Set<String> names = nodes.stream().map(NodeFacts::name).collect(Collectors.toSet());
                    List<PodFacts> others = pods.stream()
                            .filter(p -> p.active()
                                    && names.contains(p.node())
                                    && !p.namespace()
                                            .equals(evidence.expectations().operatorNamespace()))
                            .toList();
                    long cpu = nodes.stream()
                                    .mapToLong(n -> Quantities.millis(
                                                    n.allocatable().getOrDefault("cpu", ""))
                                            .orElse(0))
                                    .sum()
                            - others.stream().mapToLong(PodFacts::cpuMillis).sum();
                    long memory = nodes.stream()
                                    .mapToLong(n -> Quantities.amount(
                                                    n.allocatable().getOrDefault("memory", ""))
                                            .orElse(0))
                                    .sum()
                            - others.stream().mapToLong(PodFacts::memoryBytes).sum();
                    String observed = cpu + "m CPU and " + Quantities.gib(memory) + " free";
                    return cpu >= CPU_MILLIS && memory >= MEMORY_BYTES
                            ? pass(observed)
                            : breach(
                                            observed,
                                            "Use larger machines or more of them, or lower services.*.resources in the chart.")
                                    .about(nodes);
                }));
    }
}
