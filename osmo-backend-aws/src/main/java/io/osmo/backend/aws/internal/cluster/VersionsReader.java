// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.cluster;

import io.osmo.backend.aws.EksFeature;
import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.catalog.KubernetesVersion;
import io.osmo.backend.aws.internal.catalog.VersionRules;
import io.osmo.backend.aws.internal.catalog.Versions;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Reads the Kubernetes versions that EKS offers, unless the cluster already has the one that is wanted. */
public final class VersionsReader implements Reader<AwsContext> {
    public static final Reader<AwsContext> INSTANCE = new VersionsReader();

    private VersionsReader() {}

    @Override
    public Needs needs(Optional<BackendSpec> spec) {
        return Needs.reading("eks:DescribeClusterVersions");
    }

    @Override
    public CompletableFuture<Reading> read(Observation<AwsContext> observation) {
        AwsContext context = observation.context();
        if (observation.spec().isEmpty() || !context.offers(EksFeature.VERSION_CATALOG)) {
            return CompletableFuture.completedFuture(Reading.empty());
        }
        BackendSpec spec = observation.spec().get();
        return observation
                .of(ClusterReader.INSTANCE)
                .thenCompose(found -> !observation.survey() && isSettled(spec, found.toInventory())
                        ? CompletableFuture.completedFuture(Reading.empty())
                        : context.cache()
                                .get("kubernetes-versions", Versions.class, () -> versions(context))
                                .thenApply(versions -> Reading.attachment(Versions.class, versions)));
    }

    /** Whether the cluster has the version that the spec means. */
    public static boolean isSettled(BackendSpec spec, Inventory cluster) {
        Optional<KubernetesVersion> existing = ClusterConcern.existingVersion(cluster);
        return existing.isPresent()
                && VersionRules.wanted(spec, existing, Inventory.empty()).equals(existing);
    }

    /** All versions, those without support included. */
    public static CompletableFuture<Versions> versions(AwsContext context) {
        return context.async(
                "eks:DescribeClusterVersions",
                () -> Versions.of(context.eks().describeClusterVersionsPaginator(r -> r.includeAll(true)).stream()
                        .flatMap(page -> page.clusterVersions().stream())
                        .toList()));
    }
}
