// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.cluster;

import com.google.container.v1.Cluster;
import com.google.container.v1.NodePool;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.catalog.KubernetesVersion;
import io.osmo.backend.gcp.internal.catalog.Support;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.provider.Facts;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Reads how long GKE supports the versions of the backend's cluster. GKE returns this for clusters only, not for versions before there is a
 * cluster. A plan does not fail if it cannot be read.
 */
public final class SupportReader implements Reader<GcpContext> {
    static final SupportReader INSTANCE = new SupportReader();

    private static final String GET = "container.clusters.get";

    private SupportReader() {}

    @Override
    public Needs needs(Optional<BackendSpec> spec) {
        return Needs.reading(GET);
    }

    @Override
    public CompletableFuture<Reading> read(Observation<GcpContext> observation) {
        if (observation.spec().isEmpty()) {
            return CompletableFuture.completedFuture(Reading.empty());
        }
        return observation
                .of(ClusterReader.INSTANCE)
                .thenCompose(reading -> reading.toInventory()
                        .find(GkeCluster.ID, ObservedCluster.class)
                        .filter(found -> !found.isGoing() && !found.neverCameUp())
                        .map(found -> of(observation.context(), found.cluster()))
                        .orElseGet(() -> CompletableFuture.completedFuture(Reading.empty())));
    }

    private static CompletableFuture<Reading> of(GcpContext context, Cluster cluster) {
        Map<String, CompletableFuture<Fact<Support>>> pools = new LinkedHashMap<>();
        cluster.getNodePoolsList().stream()
                .filter(pool -> isOlder(pool, cluster))
                .forEach(pool -> pools.put(pool.getName(), Facts.of(of(context, cluster, pool))));
        CompletableFuture<Fact<Support>> plane = Facts.of(of(context, cluster.getLocation()));
        return CompletableFuture.allOf(pools.values().toArray(CompletableFuture[]::new))
                .thenCombine(plane, (done, own) -> {
                    Map<String, Support> known = new LinkedHashMap<>();
                    pools.forEach(
                            (name, answer) -> answer.join().known().ifPresent(support -> known.put(name, support)));
                    return Reading.attachment(ClusterSupport.class, new ClusterSupport(own, known));
                });
    }

    private static boolean isOlder(NodePool pool, Cluster cluster) {
        return !pool.getVersion().isEmpty()
                && !cluster.getCurrentMasterVersion().isEmpty()
                && KubernetesVersion.parse(pool.getVersion())
                                .minorsSince(KubernetesVersion.parse(cluster.getCurrentMasterVersion()))
                        < 0;
    }

    /** Of the control plane of the backend's cluster. */
    public static CompletableFuture<Support> of(GcpContext context, String location) {
        return context.async(
                GET,
                () -> Support.of(
                        context.clients().clusters().fetchClusterUpgradeInfo(ClusterReader.path(context, location))));
    }

    private static CompletableFuture<Support> of(GcpContext context, Cluster cluster, NodePool pool) {
        String path = ClusterReader.path(context, cluster.getLocation()) + "/nodePools/" + pool.getName();
        return context.async(GET, () -> Support.of(context.clients().clusters().fetchNodePoolUpgradeInfo(path)));
    }
}
