// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.cluster;

import io.osmo.backend.aws.EksFeature;
import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Reader;
import io.osmo.backend.aws.internal.Reading;
import io.osmo.backend.aws.internal.catalog.KubernetesVersion;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.ResourceId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.eks.model.Cluster;

/**
 * Reads the cluster and its access entries. A cluster of our name without our tags is somebody else's; an access entry
 * without them, such as the one that EKS makes for the creator, is used as it is.
 */
final class ClusterReader implements Reader {
    @Override
    public CompletableFuture<Reading> read(AwsContext aws, Optional<BackendSpec> spec) {
        CompletableFuture<Reading> cluster = aws.findAsync(
                        "eks:DescribeCluster",
                        () -> aws.clients()
                                .eks()
                                .describeCluster(r -> r.name(aws.name()))
                                .cluster())
                .thenApply(found -> found.map(each -> cluster(aws, each, spec)).orElseGet(Reading::empty));
        return aws.settings().offers(EksFeature.ACCESS_ENTRIES)
                ? cluster.thenCombine(entries(aws), Reading::and)
                : cluster;
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

    private static CompletableFuture<Reading> entries(AwsContext aws) {
        return aws.findAsync(
                        "eks:ListAccessEntries",
                        () -> aws.clients().eks().listAccessEntriesPaginator(r -> r.clusterName(aws.name())).stream()
                                .flatMap(page -> page.accessEntries().stream())
                                .toList())
                .thenCompose(principals -> Reading.all(principals.orElse(List.of()).stream()
                        .map(principal -> aws.scheduler()
                                .call(() -> AdminAccess.describe(aws, principal))
                                .thenApply(found -> found.map(each -> entry(aws, principal, each))
                                        .orElseGet(Reading::empty)))
                        .toList()));
    }

    private static Reading entry(AwsContext aws, String principal, ObservedAccess access) {
        return Reading.of(
                AdminAccess.id(principal),
                aws.tags().owns(access.entry().tags()) ? Observed.ours(access) : Observed.existing(access));
    }
}
