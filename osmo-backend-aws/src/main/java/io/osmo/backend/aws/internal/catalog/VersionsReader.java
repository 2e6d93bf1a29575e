// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.catalog;

import io.osmo.backend.aws.EksFeature;
import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.Reading;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Reads the Kubernetes versions that EKS offers, unless the cluster has the one that it shall have. */
public final class VersionsReader {
    private VersionsReader() {}

    /** @param standing version of the cluster that stands */
    public static CompletableFuture<Reading> read(
            AwsContext aws, Optional<BackendSpec> spec, Optional<KubernetesVersion> standing) {
        boolean settled = standing.isPresent()
                && spec.filter(s -> VersionRules.wanted(s, standing, Inventory.empty())
                                .equals(standing))
                        .isPresent();
        if (spec.isEmpty() || settled || !aws.settings().offers(EksFeature.VERSION_CATALOG)) {
            return CompletableFuture.completedFuture(Reading.empty());
        }
        return aws.offers()
                .get("kubernetes-versions", Versions.class, () -> versions(aws))
                .thenApply(versions -> Reading.attachment(Versions.class, versions));
    }

    /** All versions, those without support included. */
    public static CompletableFuture<Versions> versions(AwsContext aws) {
        return aws.async(
                "eks:DescribeClusterVersions",
                () -> Versions.of(aws.clients().eks().describeClusterVersionsPaginator(r -> r.includeAll(true)).stream()
                        .flatMap(page -> page.clusterVersions().stream())
                        .toList()));
    }
}
