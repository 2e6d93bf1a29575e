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

/** OSMO takes 1 GiB for its own container and lets a task in only if it asks for less than what is left. */
public final class ComputeUsableStorage extends AbstractCheck {
    private static final String STORAGE = "ephemeral-storage";

    public ComputeUsableStorage() {
        super(
                "pool.compute.usable-storage",
                "more than 1 GiB of ephemeral storage for a task on each compute node, as OSMO counts",
                Requirement.CN_1,
                Severity.ERROR,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.computeNodes()
                        .map(all -> all.stream()
                                .filter(n -> n.allocatable().containsKey(STORAGE))
                                .toList()),
                nodes -> given(evidence.snapshot().core().pods(), pods -> {
                    Map<String, Long> others = pods.stream()
                            .filter(p -> p.active()
                                    && !p.namespace()
                                            .equals(evidence.expectations().workflowNamespace()))
                            .collect(Collectors.groupingBy(
                                    PodFacts::node, Collectors.summingLong(PodFacts::storageBytes)));
                    return each(
                            nodes,
                            "compute nodes",
                            n -> UsableCapacity.takesDefaultTask(usable(n, others)),
                            n -> Quantities.gib(usable(n, others)) + " for tasks",
                            "Give the pool a bigger disk: every task is refused here.");
                }));
    }

    private static long usable(NodeFacts node, Map<String, Long> others) {
        return UsableCapacity.storage(
                Quantities.amount(node.allocatable().getOrDefault(STORAGE, "")).orElse(0),
                others.getOrDefault(node.name(), 0L));
    }
}
