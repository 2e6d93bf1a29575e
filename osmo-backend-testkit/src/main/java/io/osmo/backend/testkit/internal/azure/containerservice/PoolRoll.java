// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.containerservice;

import io.osmo.backend.testkit.cluster.EmulatedCluster;
import io.osmo.backend.testkit.cluster.EmulatedNode;
import io.osmo.backend.testkit.internal.azure.arm.ArmError;
import io.osmo.backend.testkit.internal.azure.arm.Operation;
import io.osmo.backend.testkit.internal.azure.arm.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Upgrades the nodes of a pool to another release. {@code maxSurge} nodes are added, then the old ones are cordoned, drained and
 * reinstalled batch by batch; finally the added ones are drained and removed. If pods do not leave within the drain timeout, the upgrade
 * ends: their nodes become schedulable again, and the pool keeps nodes of both releases.
 *
 * @see <a href="https://learn.microsoft.com/azure/aks/upgrade-aks-node-pools-rolling">AKS: upgrade node pools with rolling upgrades</a>
 * @see <a href="https://learn.microsoft.com/troubleshoot/azure/azure-kubernetes/error-code-poddrainfailure">AKS: eviction failures</a>
 */
final class PoolRoll {
    /** For a batch of nodes to be installed. */
    private static final Duration INSTALL = Duration.ofMinutes(3);

    private static final Duration POLL = Duration.ofSeconds(20);
    private static final int DRAIN_MINUTES = 30;

    private final PoolMachines machines;
    private final Supplier<Instant> clock;
    private final Operation operation;
    private final Resource cluster;
    private final Resource pool;
    private final Release release;
    private final Supplier<Optional<ArmError>> quota;
    private final int batch;
    private final Deque<EmulatedNode> old = new ArrayDeque<>();
    private final List<EmulatedNode> leaving = new ArrayList<>();
    private boolean surged;
    /** From when on the batch is drained; empty before its time to be installed was given. */
    private Optional<Instant> since = Optional.empty();

    private Optional<ArmError> error = Optional.empty();

    PoolRoll(
            PoolMachines machines,
            Supplier<Instant> clock,
            Operation operation,
            Resource cluster,
            Resource pool,
            Release release,
            Supplier<Optional<ArmError>> quota) {
        this.machines = machines;
        this.clock = clock;
        this.operation = operation;
        this.cluster = cluster;
        this.pool = pool;
        this.release = release;
        this.quota = quota;
        machines.nodes(cluster, pool).stream()
                .filter(node -> !Release.of(node).equals(release))
                .forEach(old::add);
        this.batch = atOnce(pool);
    }

    private static int atOnce(Resource pool) {
        int nodes = Math.max(1, pool.properties().path("count").asInt());
        String surge =
                pool.properties().path("upgradeSettings").path("maxSurge").asText("10%");
        int number = Integer.parseInt(surge.replace("%", ""));
        return Math.max(1, surge.endsWith("%") ? (nodes * number + 99) / 100 : number);
    }

    /** Whether this is the roll of an operation, not one that an earlier operation has left. */
    boolean isOf(Operation running) {
        return operation == running;
    }

    Optional<ArmError> error() {
        return error;
    }

    Release release() {
        return release;
    }

    /** Goes on as far as it can; the time to the next step, empty when it is over. */
    Optional<Duration> proceed() {
        while (error.isEmpty()) {
            if (leaving.isEmpty() && !begin()) {
                return Optional.empty();
            }
            if (since.isEmpty()) {
                since = Optional.of(clock.get().plus(INSTALL));
                return Optional.of(INSTALL);
            }
            leaving.removeIf(this::isReplaced);
            if (leaving.isEmpty()) {
                since = Optional.empty();
            } else if (isLate()) {
                error = Optional.of(blocked(leaving.get(0)));
                giveUp();
            } else {
                return Optional.of(POLL);
            }
        }
        return Optional.empty();
    }

    /** Takes the next batch, in the end that of the nodes that were added; false when none is left. */
    private boolean begin() {
        if (!old.isEmpty() && !surged) {
            surged = true;
            for (int i = 0; i < Math.min(batch, old.size()) && error.isEmpty(); i++) {
                error = quota.get().or(() -> machines.surge(cluster, pool, release));
            }
        }
        while (leaving.size() < batch && !old.isEmpty()) {
            leaving.add(old.poll());
        }
        if (leaving.isEmpty()) {
            leaving.addAll(extra());
            since = Optional.of(clock.get());
        }
        return !leaving.isEmpty() && error.isEmpty();
    }

    /** Nodes beyond the size of the pool, the newest. */
    private List<EmulatedNode> extra() {
        List<EmulatedNode> nodes = machines.nodes(cluster, pool);
        return nodes.subList(Math.min(nodes.size(), PoolMachines.size(cluster, pool)), nodes.size());
    }

    private boolean isReplaced(EmulatedNode node) {
        if (machines.nodes(cluster, pool).stream()
                .noneMatch(other -> other.name().equals(node.name()))) {
            return true;
        }
        if (!plane().drainNode(node.name())) {
            return false;
        }
        if (Release.of(node).equals(release)) {
            machines.delete(cluster, pool, node);
        } else {
            machines.reimage(cluster, pool, node, release);
        }
        return true;
    }

    private EmulatedCluster plane() {
        return machines.plane(cluster);
    }

    private boolean isLate() {
        int minutes =
                pool.properties().at("/upgradeSettings/drainTimeoutInMinutes").asInt(DRAIN_MINUTES);
        return since.filter(begun -> !clock.get().isBefore(begun.plus(Duration.ofMinutes(minutes))))
                .isPresent();
    }

    /** {@code undrainableNodeBehavior} is {@code Schedule} unless the pool says otherwise. Added nodes go as far as they are empty. */
    private void giveUp() {
        leaving.forEach(node -> plane().uncordonNode(node.name()));
        for (EmulatedNode node : extra()) {
            if (plane().drainNode(node.name())) {
                machines.delete(cluster, pool, node);
            } else {
                plane().uncordonNode(node.name());
            }
        }
    }

    private ArmError blocked(EmulatedNode node) {
        Map.Entry<String, List<String>> blocker =
                plane().drainBlockers(node.name()).entrySet().iterator().next();
        String pod = blocker.getKey().substring(blocker.getKey().indexOf('/') + 1);
        String start = "Drain node " + node.name() + " failed when evicting pod " + pod;
        return ArmError.conflict(
                "UpgradeFailed",
                blocker.getValue().isEmpty()
                        ? start + " failed: timed out waiting for the pod to terminate. See"
                                + " https://aka.ms/aks/debugdrainfailures."
                        : start + " failed with Too Many Requests error. This is often caused by a restrictive Pod"
                                + " Disruption Budget (PDB) policy. See https://aka.ms/aks/debugdrainfailures. Original"
                                + " error: Cannot evict pod as it would violate the pod's disruption budget.. PDB debug"
                                + " info: " + blocker.getKey() + " blocked by pdb "
                                + blocker.getValue().get(0) + " with 0 unready pods.");
    }
}
