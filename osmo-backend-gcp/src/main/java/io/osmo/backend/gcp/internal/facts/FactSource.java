// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.facts;

import com.google.container.v1.Cluster;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.catalog.Offers;
import io.osmo.backend.gcp.internal.catalog.OffersReader;
import io.osmo.backend.gcp.internal.cluster.ClusterReader;
import io.osmo.backend.spi.provider.Facts;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * What the readers of facts share about one cluster.
 *
 * @param cluster with its pools
 * @param offers what the region sells of the pools' machine types
 */
record FactSource(GcpContext context, Cluster cluster, CompletableFuture<Fact<Offers>> offers) {
    /** Fails with {@link CloudException} when the cluster does not exist. */
    static CompletableFuture<FactSource> read(GcpContext context) {
        return ClusterReader.named(context)
                .thenApply(found -> found.map(cluster -> of(context, cluster)).orElseThrow(() -> missing(context)));
    }

    private static FactSource of(GcpContext context, Cluster cluster) {
        Set<String> types = cluster.getNodePoolsList().stream()
                .map(pool -> pool.getConfig().getMachineType())
                .collect(Collectors.toSet());
        return new FactSource(context, cluster, Facts.of(OffersReader.offers(context, types)));
    }

    private static CloudException missing(GcpContext context) {
        return CloudException.builder(CloudError.NOT_FOUND, "container.clusters.get")
                .message("there is no GKE cluster " + context.name() + " in " + context.region())
                .remedy("Check the name, the region and the project: gcloud container clusters list.")
                .build();
    }
}
