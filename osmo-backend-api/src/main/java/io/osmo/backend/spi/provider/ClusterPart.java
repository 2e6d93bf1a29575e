// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.error.Violation;
import io.osmo.backend.resource.Guard;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Incarnation;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.NodeLabel;
import io.osmo.backend.spi.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The resources of a backend that are inside its cluster. A {@link ProviderSession} combines them with those of the cloud.
 * Implementations must be safe for concurrent use.
 *
 * @param <C> one backend of one cloud
 */
public interface ClusterPart<C extends ProviderContext> extends AutoCloseable {
    /** Access to the cluster in an inventory; empty if the backend owns none, or if it does not answer yet. Pure. */
    Optional<ClusterAccess> access(Inventory inventory);

    /** Tells the cluster in an inventory from others that have had its name; empty without a cluster. Pure. */
    default Optional<Incarnation> incarnation(Inventory inventory) {
        return Optional.empty();
    }

    /** The readers that must run before the cluster is read, in addition to the one that finds the cluster. */
    default List<Reader<C>> readers(Optional<BackendSpec> spec) {
        return List.of();
    }

    /**
     * Reads what is in the cluster. If the cluster does not answer, the future fails if there is a spec, because a plan must not guess.
     * Without a spec the reading is empty, because everything in the cluster is deleted with it.
     *
     * @param cloud an inventory with the cluster, if there is one, and the readings of the {@linkplain #readers readers}
     */
    CompletableFuture<Reading> read(Inventory cloud, BackendRef ref, Optional<BackendSpec> spec);

    /**
     * The desired resources in the cluster. Pure.
     *
     * @param pools the desired pools, for resources that need nodes to become ready
     */
    List<Resource<?>> wanted(C context, BackendSpec spec, Inventory inventory, List<Resource<?>> pools);

    /** Checks the rules of a spec that depend on what was read from the cluster. Pure. */
    default List<Violation> check(BackendSpec spec, Inventory inventory) {
        return List.of();
    }

    /**
     * What a plan should say about what it does in the cluster, a sentence or more each. Pure.
     *
     * @param spec empty for a plan to destroy
     */
    default List<String> warnings(C context, Optional<BackendSpec> spec, Inventory inventory) {
        return List.of();
    }

    /**
     * What prevents the deletion of resources in the cluster. Pure.
     *
     * @param removed what a plan deletes
     */
    default List<Guard> guards(Inventory inventory, Set<ResourceId> removed) {
        return List.of();
    }

    /**
     * The existing resources in the cluster that the backend owns. Pure.
     *
     * @param needed the resources that controllers in the cluster need to delete what workloads created in the cloud
     */
    List<Deletable<?>> owned(BackendRef ref, Inventory inventory, Set<ResourceId> needed);

    /**
     * A resource that makes the nodes of kept pools schedulable again after a drain was given up. Pure.
     *
     * @param pools the desired pools
     * @return empty when there is nothing to do
     */
    Optional<Resource<?>> keptPools(Inventory inventory, List<Resource<?>> pools);

    /**
     * The drain of a pool's nodes as a resource: deleting it evicts the pods. Pure.
     *
     * @param pool the pool that is deleted once its nodes are drained
     * @param nodes the label of its nodes
     * @param deadline how long the drain may take
     * @param endsWork whether pods without a controller are deleted too, instead of waited for
     * @return empty if the resources in the cluster are not managed
     */
    Optional<Deletable<?>> drain(Deletable<?> pool, NodeLabel nodes, Duration deadline, boolean endsWork);

    /** The nodes of the cluster and the certificates that they wait for; unknown if the cluster cannot be read. */
    CompletableFuture<Fact<ClusterNodes>> nodes(Inventory cloud);

    @Override
    void close();
}
