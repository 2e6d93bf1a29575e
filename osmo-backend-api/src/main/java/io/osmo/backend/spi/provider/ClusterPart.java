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
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.NodeLabel;
import io.osmo.backend.spi.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The part of a backend that is in its cluster, as a {@link ProviderSession} joins it to what the cloud knows. Safe for concurrent
 * use.
 *
 * @param <C> one backend of one cloud
 */
public interface ClusterPart<C extends ProviderContext> extends AutoCloseable {
    /** Access to the cluster in an inventory; empty when there is none of ours or it does not answer yet. Pure. */
    Optional<ClusterAccess> access(Inventory inventory);

    /** What has to be read of the cloud, besides the cluster, before what is in the cluster. */
    default List<Reader<C>> readers(Optional<BackendSpec> spec) {
        return List.of();
    }

    /**
     * Reads what is in the cluster. With a spec, a cluster that does not answer fails the reading, since nothing may be planned on
     * a guess; without one, everything in it is deleted with it, and the reading is empty.
     *
     * @param cloud an inventory that holds the cluster, if there is one, and what the {@linkplain #readers readers} have given
     */
    CompletableFuture<Reading> read(Inventory cloud, BackendRef ref, Optional<BackendSpec> spec);

    /**
     * What the spec wants in the cluster. Pure.
     *
     * @param pools the pools that are wanted, for what needs nodes to become ready
     */
    List<Resource<?>> wanted(C context, BackendSpec spec, Inventory inventory, List<Resource<?>> pools);

    /** What is wrong with a spec by what the cluster says. Pure. */
    default List<Violation> check(BackendSpec spec, Inventory inventory) {
        return List.of();
    }

    /**
     * What forbids the deletion of what is in the cluster. Pure.
     *
     * @param removed what a plan deletes
     */
    default List<Guard> guards(Inventory inventory, Set<ResourceId> removed) {
        return List.of();
    }

    /**
     * What is ours in the cluster, in a form that can be deleted. Pure.
     *
     * @param needed what the controllers in the cluster need to release what workloads have made in the cloud
     */
    List<Deletable<?>> owned(BackendRef ref, Inventory inventory, Set<ResourceId> needed);

    /**
     * Lets the nodes of pools that are kept take work again, after a drain of them was given up. Pure.
     *
     * @param pools the pools that are wanted
     * @return empty when there is nothing to do
     */
    Optional<Resource<?>> keptPools(Inventory inventory, List<Resource<?>> pools);

    /**
     * The work on the nodes of a pool, in a form whose deletion moves it to other nodes. Pure.
     *
     * @param pool the pool that is deleted once its nodes are drained
     * @param nodes the label of its nodes
     * @param deadline how long it may take
     * @param endsWork whether pods that nothing would create again are ended too, instead of waited for
     * @return empty when the inside of the cluster is not managed
     */
    Optional<Deletable<?>> drain(Deletable<?> pool, NodeLabel nodes, Duration deadline, boolean endsWork);

    /** The nodes of the cluster and the certificates that they wait for; unknown when it cannot be reached or read. */
    CompletableFuture<Fact<ClusterNodes>> nodes(Inventory cloud);

    @Override
    void close();
}
