// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.cluster;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Reader;
import io.osmo.backend.aws.internal.catalog.KubernetesVersion;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.provider.Reading;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.eks.model.Cluster;

/** Reads the cluster. A cluster of our name without our tags is somebody else's. */
public final class ClusterReader implements Reader {
    @Override
    public CompletableFuture<Reading> read(AwsContext aws, Optional<BackendSpec> spec) {
        return aws.findAsync(
                        "eks:DescribeCluster",
                        () -> aws.clients()
                                .eks()
                                .describeCluster(r -> r.name(aws.name()))
                                .cluster())
                .thenApply(found -> found.map(each -> cluster(aws, each, spec)).orElseGet(Reading::empty));
    }

    private static Reading cluster(AwsContext aws, Cluster cluster, Optional<BackendSpec> spec) {
        if (!aws.tags().owns(cluster.tags())) {
            return Reading.of(EksCluster.ID, Observed.foreign(cluster));
        }
        Map<ResourceId, Observed<?>> observed = new HashMap<>();
        observed.put(EksCluster.ID, Observed.ours(cluster));
        spec.flatMap(BackendSpec::kubernetesVersion)
                .flatMap(KubernetesVersion::parse)
                .ifPresent(wanted -> Upgrades.between(KubernetesVersion.of(cluster.version()), wanted)
                        .forEach(step -> observed.put(ControlPlaneUpgrade.id(step), Observed.ours(cluster))));
        return Reading.observed(observed);
    }
}
