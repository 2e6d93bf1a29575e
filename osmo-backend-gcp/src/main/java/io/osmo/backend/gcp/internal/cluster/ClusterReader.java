// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.cluster;

import com.google.container.v1.Cluster;
import com.google.container.v1.Operation;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.Reader;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.provider.Reading;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Reads the cluster of our name, wherever in the region it is, and what is under way with it. */
final class ClusterReader implements Reader {
    @Override
    public CompletableFuture<Reading> read(GcpContext gcp, Optional<BackendSpec> spec) {
        CompletableFuture<List<Cluster>> clusters = gcp.scheduler().call(() -> ClusterCalls.clusters(gcp));
        CompletableFuture<List<Operation>> operations = gcp.scheduler().call(() -> ClusterCalls.operations(gcp, "-"));
        return clusters.thenCombine(
                operations,
                (found, running) -> found.stream()
                        .filter(cluster -> cluster.getName().equals(gcp.name()))
                        .findFirst()
                        .map(cluster -> Reading.of(
                                GkeCluster.ID,
                                gcp.ownership()
                                        .of(
                                                new ObservedCluster(
                                                        cluster, ClusterCalls.of(gcp, cluster.getLocation(), running)),
                                                cluster.getResourceLabelsMap())))
                        .orElseGet(Reading::empty));
    }
}
