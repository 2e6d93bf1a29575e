// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes;

import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Deletable;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What must have left the nodes of a pool before the pool is deleted. {@link ManagedClusterPart#drain} turns it into a
 * {@code Deletable} for a plan: deleting that cordons the nodes and evicts their pods, and it is gone when no work is left.
 *
 * <p>PodDisruptionBudgets are always respected. Pods of DaemonSets, static pods and finished pods are ignored. A pod without a
 * controller would not be created again elsewhere (OSMO's workflow pods are such), so it is waited for, unless {@link #endsWork}.
 *
 * <p>A node that is cordoned gets the label {@value #CORDONED}, which tells it from nodes that others have cordoned. A drain that has not
 * come to its end leaves nodes cordoned, for the next apply to resume. A plan that keeps the pool instead lets them take work again.
 *
 * <p>Needs these permissions in the cluster: {@code list} and {@code patch} on {@code nodes}, {@code list} on {@code pods},
 * {@code create} on {@code pods/eviction}, {@code list} on {@code poddisruptionbudgets.policy}.
 *
 * @param pool name of the pool, which names the drain too: {@code drain/<pool>}
 * @param specPool name of the pool in the spec that it belongs to; empty when it is unknown
 * @param nodes label selector of its nodes, such as {@code eks.amazonaws.com/nodegroup=cpu} or
 *     {@code eks.amazonaws.com/nodegroup in (cpu-a,cpu-b)}
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

    /** The same drain with another deadline. */
    public PoolDrain deadline(Duration time) {
        return new PoolDrain(pool, specPool, nodes, pools, time, endsWork);
    }

    /** The same drain, which evicts pods without a controller too or waits for them. */
    public PoolDrain endsWork(boolean ends) {
        return new PoolDrain(pool, specPool, nodes, pools, deadline, ends);
    }
}
