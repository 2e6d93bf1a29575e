// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.pool;

import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.cluster.ClusterReader;
import io.osmo.backend.gcp.internal.cluster.GkeCluster;
import io.osmo.backend.gcp.internal.cluster.ObservedCluster;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Ownership;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Reads the pools of the backend's cluster: GKE returns them with the cluster, and Compute Engine returns their number of nodes.
 * Pools without the backend's labels belong to others. The pools of a cluster that is being deleted are deleted with it.
 */
final class PoolReader implements Reader<GcpContext> {
    static final PoolReader INSTANCE = new PoolReader();

    private PoolReader() {}

    @Override
    public Needs needs(Optional<BackendSpec> spec) {
        return Needs.reading("compute.instanceGroupManagers.list");
    }

    @Override
    public CompletableFuture<Reading> read(Observation<GcpContext> observation) {
        return observation.of(ClusterReader.INSTANCE).thenCompose(reading -> {
            Observed<?> found = reading.observed().get(GkeCluster.ID);
            if (found == null || found.ownership() != Observed.Ownership.OURS) {
                return CompletableFuture.completedFuture(Reading.empty());
            }
            ObservedCluster cluster = (ObservedCluster) found.value();
            if (cluster.isGoing()) {
                return CompletableFuture.completedFuture(Reading.empty());
            }
            Ownership ownership = observation.context().ownership();
            return observation
                    .context()
                    .scheduler()
                    .call(() -> GroupSizes.read(observation.context()))
                    .thenApply(sizes -> Reading.observed(ObservedPool.in(cluster, sizes).stream()
                            .collect(Collectors.toMap(
                                    each -> GkeNodePool.id(each.pool().getName()),
                                    each -> ownership.observed(
                                            each, each.pool().getConfig().getResourceLabelsMap())))));
        });
    }
}
