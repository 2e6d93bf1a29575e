// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.pool;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.rules.UsableCapacity;
import io.osmo.backend.verify.internal.values.Quantities;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.PodFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import java.util.function.LongPredicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What OSMO leaves of a compute node for a task, once its own container and other pods are subtracted. */
public final class UsableForTasks extends AbstractCheck {
    private final Resource resource;

    private UsableForTasks(String id, String title, Resource resource) {
        super(id, title, Requirement.CN_1, Severity.ERROR, Vantage.KUBERNETES);
        this.resource = resource;
    }

    /** OSMO rounds allocatable CPU down to whole ones, then subtracts one for its own container and the requests of other pods. */
    public static UsableForTasks computeUsableCpu() {
        return new UsableForTasks(
                "pool.compute.usable-cpu",
                "at least one CPU for a task on each compute node, as OSMO counts",
                new Resource(
                        PodFacts::cpuMillis,
                        (node, others) -> OptionalLong.of(UsableCapacity.cpus(
                                Quantities.millis(node.allocatable().getOrDefault("cpu", ""))
                                        .orElse(0),
                                others)),
                        cpus -> cpus >= 1,
                        cpus -> cpus + " CPU",
                        "Use larger machines, or lower OSMO's default_ctrl request: OSMO refuses every task here."));
    }

    /** OSMO takes 1 GiB for its own container, and admits a task only if it asks for less than what is left. */
    public static UsableForTasks computeUsableStorage() {
        return new UsableForTasks(
                "pool.compute.usable-storage",
                "more than 1 GiB of ephemeral storage for a task on each compute node, as OSMO counts",
                new Resource(
                        PodFacts::storageBytes,
                        (node, others) -> Stream.ofNullable(node.allocatable().get("ephemeral-storage"))
                                .mapToLong(size -> UsableCapacity.storage(
                                        Quantities.amount(size).orElse(0), others))
                                .findFirst(),
                        UsableCapacity::takesDefaultTask,
                        Quantities::gib,
                        "Give the pool a larger disk: OSMO refuses every task here."));
    }

    /**
     * A resource of a node.
     *
     * @param requested what a pod has asked for
     * @param usable what is left of a node, given what other pods on it have asked for; empty when the node does not say
     */
    private record Resource(
            ToLongFunction<PodFacts> requested,
            Usable usable,
            LongPredicate enough,
            LongFunction<String> show,
            String next) {}

    private interface Usable {
        OptionalLong of(NodeFacts node, long others);
    }

    /** A node and what a task may use of it. */
    private record Room(NodeFacts node, long amount) {
        @Override
        public String toString() {
            return node.toString();
        }
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
                            .collect(Collectors.groupingBy(
                                    PodFacts::node, Collectors.summingLong(resource.requested())));
                    return each(
                            nodes.stream()
                                    .flatMap(n -> resource.usable().of(n, others.getOrDefault(n.name(), 0L)).stream()
                                            .mapToObj(amount -> new Room(n, amount)))
                                    .toList(),
                            "compute nodes",
                            room -> resource.enough().test(room.amount()),
                            room -> resource.show().apply(room.amount()) + " for tasks",
                            resource.next());
                }));
    }
}
