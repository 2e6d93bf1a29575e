// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes;

import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Deletable;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The drain of a pool before its deletion. {@link ManagedClusterPart#drain} converts it to a {@code Deletable} for a plan: its deletion
 * cordons the nodes and evicts their pods, and ends once no work is left.
 *
 * <p>PodDisruptionBudgets are always respected. Pods of DaemonSets, static pods and finished pods are ignored. A pod without a
 * controller, such as a workflow pod of OSMO, would not be created again elsewhere, so the drain waits for it, unless {@link #endsWork}.
 *
 * <p>A cordoned node gets the label {@value #CORDONED}, which distinguishes it from nodes that others have cordoned. An interrupted drain
 * leaves nodes cordoned, and the next apply resumes it. A plan that keeps the pool instead makes them schedulable again.
 *
 * <p>Needs these permissions in the cluster: {@code list} and {@code patch} on {@code nodes}, {@code list} on {@code pods}, {@code
 * create} on {@code pods/eviction}, {@code list} on {@code poddisruptionbudgets.policy}.
 *
 * @param pool name of the pool; the id of the drain is {@code drain/<pool>}
 * @param specPool name of the pool in the spec; empty if unknown
 * @param nodes label selector of its nodes, such as {@code eks.amazonaws.com/nodegroup=cpu} or {@code eks.amazonaws.com/nodegroup in
 *     (cpu-a,cpu-b)}
 * @param pools resources of the pool, which are deleted after the drain
 * @param deadline how long the drain may take before the apply fails
 * @param endsWork whether pods without a controller are evicted, which ends their work for good
 */
public record PoolDrain(
        String pool,
        Optional<String> specPool,
        String nodes,
        Set<ResourceId> pools,
        Duration deadline,
        boolean endsWork) {
    /** Label of nodes that a drain has cordoned; its value is {@code true}. */
    public static final String CORDONED = "osmo-cordoned";

    private static final Duration DEFAULT_DEADLINE = Duration.ofHours(1);

    /** @throws IllegalArgumentException if a text is blank (a blank selector means all nodes) or the deadline is not positive */
    public PoolDrain {
        if (pool.isBlank() || nodes.isBlank()) {
            throw new IllegalArgumentException("a drain needs the name of a pool and a label selector of its nodes");
        }
        if (deadline.isZero() || deadline.isNegative()) {
            throw new IllegalArgumentException("the deadline of a drain is not positive: " + deadline);
        }
        pools = Set.copyOf(pools);
    }

    /** A drain that may take an hour and waits for pods without a controller. */
    public static PoolDrain of(String pool, String nodes, Set<ResourceId> pools) {
        return new PoolDrain(pool, Optional.of(pool), nodes, pools, DEFAULT_DEADLINE, false);
    }

    /** The drain of a resource that is a pool, or the part of a pool in one zone. */
    public static PoolDrain of(Deletable<?> pool, String nodes) {
        return new PoolDrain(pool.id().name(), pool.pool(), nodes, Set.of(pool.id()), DEFAULT_DEADLINE, false);
    }

    /** This drain with another deadline. */
    public PoolDrain deadline(Duration time) {
        return new PoolDrain(pool, specPool, nodes, pools, time, endsWork);
    }

    /** This drain, evicting pods without a controller or waiting for them. */
    public PoolDrain endsWork(boolean ends) {
        return new PoolDrain(pool, specPool, nodes, pools, deadline, ends);
    }
}
