// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.pool;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.units.Quantities;
import io.osmo.backend.verify.internal.units.UsableCapacity;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.PodFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.Map;
import java.util.stream.Collectors;

/** OSMO cuts allocatable CPU to whole ones, takes one for its own container and what other pods have asked for. */
public final class ComputeUsableCpu extends AbstractCheck {

    public ComputeUsableCpu() {
        super(
                "pool.compute.usable-cpu",
                "one CPU or more for a task on each compute node, as OSMO counts",
                Requirement.CN_1,
                Severity.ERROR,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.computeNodes(),
                nodes -> given(evidence.snapshot().core().pods(), pods -> {
                    Map<String, Long> others = pods.stream()
                            .filter(p -> p.active()
                                    && !p.namespace()
                                            .equals(evidence.expectations().workflowNamespace()))
                            .collect(
                                    Collectors.groupingBy(PodFacts::node, Collectors.summingLong(PodFacts::cpuMillis)));
                    return each(
                            nodes,
                            "compute nodes",
                            n -> usable(n, others) >= 1,
                            n -> usable(n, others) + " CPU for tasks",
                            "Take bigger machines, or lower OSMO's default_ctrl request: every task is refused here.");
                }));
    }

    private static long usable(NodeFacts node, Map<String, Long> others) {
        return UsableCapacity.cpus(
                Quantities.millis(node.allocatable().getOrDefault("cpu", "")).orElse(0),
                others.getOrDefault(node.name(), 0L));
    }
}
