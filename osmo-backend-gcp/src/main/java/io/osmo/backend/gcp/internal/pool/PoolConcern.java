// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.pool;

import io.osmo.backend.error.Violation;
import io.osmo.backend.gcp.internal.Concern;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.Reader;
import io.osmo.backend.gcp.internal.catalog.MachineShape;
import io.osmo.backend.gcp.internal.catalog.Offers;
import io.osmo.backend.gcp.internal.catalog.Placement;
import io.osmo.backend.gcp.internal.cluster.ClusterConcern;
import io.osmo.backend.gcp.internal.cluster.GkeCluster;
import io.osmo.backend.gcp.internal.cluster.ObservedCluster;
import io.osmo.backend.gcp.internal.cluster.PoolShape;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The pools of a backend. They are read with their cluster. */
public final class PoolConcern implements Concern {
    @Override
    public List<Violation> validate(BackendSpec spec) {
        return PoolRules.validate(spec);
    }

    @Override
    public List<Reader> readers() {
        return List.of();
    }

    @Override
    public List<Violation> check(BackendSpec spec, Inventory inventory) {
        return PoolRules.check(spec, inventory.attachment(Offers.class).orElseThrow());
    }

    /** The pools of a cluster of ours, by resource. */
    public static Map<ResourceId, Observed<?>> observed(ObservedCluster cluster) {
        Map<ResourceId, Observed<?>> pools = new HashMap<>();
        cluster.cluster()
                .getNodePoolsList()
                .forEach(pool -> GkeNodePool.in(cluster, pool.getName())
                        .ifPresent(found -> pools.put(GkeNodePool.id(pool.getName()), Observed.ours(found))));
        return pools;
    }

    /** What GKE says is wrong with a pool. */
    public static List<String> issues(com.google.container.v1.NodePool pool) {
        return pool.getConditionsList().stream()
                .map(condition -> GkeNodePool.code(condition) + ": " + condition.getMessage())
                .toList();
    }

    /** Pools that stand and have not the nodes that they ask for, and why. */
    public static List<String> shortages(Inventory inventory) {
        return inventory.observed().entrySet().stream()
                .filter(entry -> GkeNodePool.isPool(entry.getKey()))
                .flatMap(entry ->
                        GkeNodePool.shortage(((ObservedPool) entry.getValue().value()).pool())
                                .map(text -> entry.getKey() + " stands without all of its nodes: " + text)
                                .stream())
                .toList();
    }

    @Override
    public List<Resource<?>> wanted(GcpContext gcp, BackendSpec spec, Inventory inventory) {
        Offers offers = inventory.attachment(Offers.class).orElseThrow();
        Placement placement = ClusterConcern.placement(spec, inventory);
        boolean fresh = inventory.find(GkeCluster.ID, ObservedCluster.class).isEmpty();
        List<Resource<?>> pools = new ArrayList<>();
        ResourceId before = GkeCluster.ID;
        for (NodePool pool : PoolShape.ordered(spec)) {
            MachineShape shape = offers.shapeOf(pool);
            GkeNodePool wanted = new GkeNodePool(
                    gcp,
                    placement.location(),
                    PoolShape.of(gcp, spec, pool, offers, placement),
                    spec.kubernetesVersion(),
                    Set.of(before),
                    fresh && pools.isEmpty(),
                    "node pool " + pool.name() + ", " + pool.scale().min() + " to "
                            + pool.scale().max() + " " + text(shape));
            pools.add(wanted);
            before = wanted.id();
        }
        return pools;
    }

    private static String text(MachineShape shape) {
        return shape.machineType()
                + shape.attached()
                        .map(type -> " with " + shape.count() + " " + type)
                        .orElse("");
    }

    @Override
    public Optional<Deletable<?>> owned(GcpContext gcp, ResourceId id, Object observed) {
        return Optional.empty();
    }

    /** Pools that stand, each to be deleted before the one ahead of it, since GKE deletes one at a time. */
    public static List<Deletable<?>> owned(GcpContext gcp, ObservedCluster cluster) {
        List<Deletable<?>> pools = new ArrayList<>();
        Set<ResourceId> before = new HashSet<>(Set.of(GkeCluster.ID));
        for (com.google.container.v1.NodePool pool : cluster.cluster().getNodePoolsList()) {
            pools.add(new GkeNodePool(gcp, cluster.cluster().getLocation(), pool.getName(), before));
            before.add(GkeNodePool.id(pool.getName()));
        }
        return pools;
    }
}
