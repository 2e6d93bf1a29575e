// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.cluster;

import com.google.container.v1.Cluster;
import com.google.container.v1.ListClustersResponse;
import com.google.container.v1.ListOperationsRequest;
import com.google.container.v1.ListOperationsResponse;
import com.google.container.v1.Operation;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.catalog.Offers;
import io.osmo.backend.gcp.internal.catalog.OffersReader;
import io.osmo.backend.gcp.internal.catalog.Placement;
import io.osmo.backend.gcp.internal.network.NetworkClusters;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Reads the cluster of the backend, wherever in the region it is, and the operations that are running on it. A region and each of its
 * zones can have a cluster of the same name; labels show which one is the backend's. A cluster of others is a conflict only in the
 * location where the backend's would be created.
 */
public final class ClusterReader implements Reader<GcpContext> {
    public static final ClusterReader INSTANCE = new ClusterReader();

    private static final String LIST = "container.clusters.list";

    private ClusterReader() {}

    @Override
    public Needs needs(Optional<BackendSpec> spec) {
        return Needs.reading("container.clusters.list", "container.clusters.get", "container.operations.list");
    }

    @Override
    public CompletableFuture<Reading> read(Observation<GcpContext> observation) {
        GcpContext context = observation.context();
        CompletableFuture<List<Operation>> operations = context.scheduler().call(() -> operations(context, "-"));
        CompletableFuture<List<Cluster>> clusters = context.scheduler().call(() -> inProject(context));
        return clusters.thenCompose(all -> relevant(observation, all)
                .thenCombine(
                        operations,
                        (found, running) ->
                                found.map(cluster -> new ObservedCluster(cluster, of(context, cluster, running))))
                .thenApply(found -> Reading.of(
                                GkeCluster.ID,
                                found.map(each -> context.ownership()
                                        .observed(each, each.cluster().getResourceLabelsMap())))
                        .and(Reading.attachment(NetworkClusters.class, NetworkClusters.of(context, all)))
                        .and(found.filter(each -> isOurs(context, each.cluster()))
                                .map(each -> Reading.attachment(Placement.class, each.placement()))
                                .orElseGet(Reading::empty))));
    }

    /** The backend's cluster; else one of the same name in the location where it would be created. */
    private static CompletableFuture<Optional<Cluster>> relevant(
            Observation<GcpContext> observation, List<Cluster> inProject) {
        GcpContext context = observation.context();
        List<Cluster> named = named(context, inProject);
        Optional<Cluster> ours =
                named.stream().filter(cluster -> isOurs(context, cluster)).findFirst();
        if (ours.isPresent() || named.isEmpty() || observation.spec().isEmpty()) {
            return CompletableFuture.completedFuture(ours);
        }
        return observation.of(OffersReader.INSTANCE).thenApply(reading -> {
            Offers offers = reading.toInventory().attachment(Offers.class).orElseThrow();
            String location = Placement.of(observation.spec().get(), offers, Optional.empty())
                    .location();
            return named.stream()
                    .filter(cluster -> cluster.getLocation().equals(location))
                    .findFirst();
        });
    }

    private static List<Cluster> named(GcpContext context, List<Cluster> clusters) {
        return clusters.stream()
                .filter(cluster -> cluster.getName().equals(context.name()) && isInRegion(context, cluster))
                .toList();
    }

    private static boolean isOurs(GcpContext context, Cluster cluster) {
        return context.ownership().owns(cluster.getResourceLabelsMap());
    }

    private static boolean isInRegion(GcpContext context, Cluster cluster) {
        return cluster.getLocation().equals(context.region())
                || cluster.getLocation().startsWith(context.region() + "-");
    }

    /** A cluster with the backend's name: the backend's, or else any, so that a cluster that others have created can be verified. */
    public static CompletableFuture<Optional<Cluster>> named(GcpContext context) {
        return context.scheduler().call(() -> {
            List<Cluster> named = named(context, inProject(context));
            return named.stream()
                    .filter(cluster -> isOurs(context, cluster))
                    .findFirst()
                    .or(() -> named.stream().findFirst());
        });
    }

    /** All clusters of the project in the region and its zones. */
    public static List<Cluster> all(GcpContext context) {
        return inProject(context).stream()
                .filter(cluster -> isInRegion(context, cluster))
                .toList();
    }

    private static List<Cluster> inProject(GcpContext context) {
        ListClustersResponse answer = context.find(
                        LIST, () -> context.clients().clusters().listClusters(context.path("-")))
                .orElse(ListClustersResponse.getDefaultInstance());
        List<String> silent = answer.getMissingZonesList().stream()
                .filter(zone -> zone.startsWith(context.region()))
                .toList();
        if (!silent.isEmpty()) {
            throw CloudException.builder(CloudError.UNAVAILABLE, LIST)
                    .code("MISSING_ZONES")
                    .message("no answer from " + silent + ": the clusters there are not known")
                    .remedy("Try again later.")
                    .build();
        }
        return answer.getClustersList();
    }

    /** The cluster where it is, with the operations that are running on it. */
    public static Optional<ObservedCluster> find(GcpContext context, String location) {
        List<Operation> running = operations(context, location);
        return context.find(
                        "container.clusters.get",
                        () -> context.clients().clusters().getCluster(path(context, location)))
                .map(cluster -> new ObservedCluster(cluster, of(context, cluster, running)));
    }

    public static String path(GcpContext context, String location) {
        return context.path(location) + "/clusters/" + context.name();
    }

    /** Operations in a location, as far as GKE remembers them; {@code -} means all locations. */
    private static List<Operation> operations(GcpContext context, String location) {
        ListOperationsRequest request = ListOperationsRequest.newBuilder()
                .setParent(context.path(location))
                .build();
        return context.find(
                        "container.operations.list",
                        () -> context.clients().clusters().listOperations(request))
                .map(ListOperationsResponse::getOperationsList)
                .orElse(List.of());
    }

    /** Those of one cluster, by the link to what they change. */
    private static List<Operation> of(GcpContext context, Cluster cluster, List<Operation> operations) {
        String target = "/" + cluster.getLocation() + "/clusters/" + context.name();
        return operations.stream()
                .filter(operation -> {
                    String link = operation.getTargetLink();
                    return link.endsWith(target) || link.contains(target + "/");
                })
                .toList();
    }
}
