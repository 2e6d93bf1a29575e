// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.cluster;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ids;
import io.osmo.backend.aws.internal.catalog.KubernetesVersion;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.eks.model.Cluster;
import software.amazon.awssdk.services.eks.model.ClusterStatus;

/** Reads the cluster and its pending upgrades. A cluster with the backend's name but without its tags is foreign. */
public final class ClusterReader implements Reader<AwsContext> {
    public static final Reader<AwsContext> INSTANCE = new ClusterReader();

    private ClusterReader() {}

    @Override
    public Needs needs(Optional<BackendSpec> spec) {
        return Needs.reading("eks:DescribeCluster");
    }

    @Override
    public CompletableFuture<Reading> read(Observation<AwsContext> observation) {
        AwsContext context = observation.context();
        return context.scheduler()
                .call(() -> ExistingCluster.describe(context))
                .thenApply(found -> found.map(each -> cluster(context, each, observation.spec()))
                        .orElseGet(Reading::empty));
    }

    /** What was read inside the cluster; empty while the cluster is being deleted, because everything in it is deleted too. */
    public static CompletableFuture<Reading> unlessDeleted(
            Observation<AwsContext> observation, CompletableFuture<Reading> inside) {
        return observation.of(INSTANCE).thenCombine(inside, (cluster, reading) -> {
            Observed<?> found = cluster.observed().get(Ids.CLUSTER);
            boolean deleted = found != null
                    && found.value() instanceof Cluster existing
                    && existing.status() == ClusterStatus.DELETING;
            return deleted ? new Reading(Map.of(), reading.attachments()) : reading;
        });
    }

    private static Reading cluster(AwsContext context, Cluster cluster, Optional<BackendSpec> spec) {
        Observed<Cluster> found = context.ownership().observed(cluster, cluster.tags());
        Map<ResourceId, Observed<?>> observed = new HashMap<>();
        observed.put(Ids.CLUSTER, found);
        if (found.ownership() == Observed.Ownership.OURS) {
            spec.flatMap(BackendSpec::kubernetesVersion)
                    .flatMap(KubernetesVersion::parse)
                    .ifPresent(wanted -> Upgrades.between(KubernetesVersion.of(cluster.version()), wanted)
                            .forEach(step -> observed.put(Upgrades.controlPlane(step), found)));
        }
        return Reading.observed(observed);
    }
}
