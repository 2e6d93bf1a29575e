// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.life;

import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.cluster.EmulatedCluster;
import io.osmo.backend.testkit.cluster.EmulatedWorkload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/** Pods on pools, each workload with a PodDisruptionBudget that leaves one pod to be moved at a time. */
final class BudgetedWorkloads {
    /** AKS labels the nodes of system pools with it: learn.microsoft.com/azure/aks/use-system-pools. */
    static final String MODE = "kubernetes.azure.com/mode";

    static final String SYSTEM = "system";

    private final VirtualTime time;
    private final Supplier<EmulatedCluster> cluster;
    private final List<Work> all = new ArrayList<>();
    /** Those that had as many pods as their budget asks for since the step began. */
    private final Set<Work> whole = new HashSet<>();

    BudgetedWorkloads(VirtualTime time, Supplier<EmulatedCluster> cluster) {
        this.time = time;
        this.cluster = cluster;
    }

    private record Work(EmulatedWorkload pods, String name, String pool, int least) {}

    /** Starts one on any of the pools. */
    String start(Collection<String> pools, Random random) {
        if (pools.isEmpty()) {
            return "no pool has a node";
        }
        List<String> sorted = pools.stream().sorted().toList();
        String pool = sorted.get(random.nextInt(sorted.size()));
        int replicas = 2 + random.nextInt(3);
        String name = "work-" + pool + "-" + random.nextInt(1000);
        EmulatedWorkload pods = cluster.get()
                .workload(name)
                .replicas(replicas)
                .on(PoolDraft.LABEL, pool)
                .tolerating("dedicated")
                .tolerating("nvidia.com/gpu")
                .minAvailable(String.valueOf(replicas - 1));
        if (random.nextInt(3) == 0) {
            pods.statefulSet();
        }
        pods.start();
        time.advance(Duration.ofMinutes(2));
        all.add(new Work(pods, name, pool, replicas - 1));
        return replicas + " pods on pool " + pool + ", " + pods.ready() + " are ready";
    }

    /** Starts one as AKS has on its system pool: two pods, of which one has to run. */
    String startAddOn() {
        String name = "add-on-" + all.size();
        EmulatedWorkload pods = cluster.get()
                .workload(name)
                .replicas(2)
                .on(MODE, SYSTEM)
                .tolerating("CriticalAddonsOnly")
                .minAvailable("1");
        pods.start();
        time.advance(Duration.ofMinutes(2));
        all.add(new Work(pods, name, World.SYSTEM_POOL, 1));
        return name + " on the system pool, " + pods.ready() + " are ready";
    }

    /** A step begins. */
    void begin() {
        whole.clear();
        broken(Set.of());
    }

    /** A workload that has fewer pods than its budget asks for, if it had enough before. */
    Optional<String> broken(Set<String> mayEmpty) {
        Optional<String> found = Optional.empty();
        for (Work work : all) {
            int ready = work.pods().ready();
            if (ready >= work.least()) {
                whole.add(work);
            } else if (whole.remove(work) && !mayEmpty.contains(work.pool())) {
                found = Optional.of(work.name() + " on pool " + work.pool() + " has " + ready
                        + " pods ready, its budget asks for " + work.least());
            }
        }
        return found;
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** Whether the deletion or the roll of a resource may have to wait forever for a workload, which runs nowhere else. */
    boolean mayHold(String resource) {
        return all.stream()
                .map(work -> work.pool())
                .anyMatch(pool -> resource.endsWith("/" + pool) || resource.contains("/" + pool + "-"));
    }

    /** They have gone with the cluster. */
    void forget() {
        all.clear();
        whole.clear();
    }

    /** Ends them all, budgets included. */
    void end() {
        for (Work work : all) {
            work.pods().replicas(0).minAvailable("0").start();
        }
        forget();
    }
}
