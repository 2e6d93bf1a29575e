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
import java.util.List;
import java.util.Optional;

/** Reads of clusters and their operations. */
public final class ClusterCalls {
    private ClusterCalls() {}

    public static String path(GcpContext gcp, String location) {
        return "projects/" + gcp.project() + "/locations/" + location + "/clusters/" + gcp.name();
    }

    /** The cluster where it is, with what is under way. */
    public static Optional<ObservedCluster> read(GcpContext gcp, String location) {
        List<Operation> operations = operations(gcp, location);
        Optional<Cluster> cluster = gcp.find(
                "container.clusters.get", () -> gcp.clients().clusters().getCluster(path(gcp, location)));
        return cluster.map(c -> new ObservedCluster(c, of(gcp, c.getLocation(), operations)));
    }

    /** Clusters of the project in the region and its zones. */
    public static List<Cluster> clusters(GcpContext gcp) {
        ListClustersResponse answer = gcp.find(
                        "container.clusters.list",
                        () -> gcp.clients().clusters().listClusters("projects/" + gcp.project() + "/locations/-"))
                .orElse(ListClustersResponse.getDefaultInstance());
        List<String> silent = answer.getMissingZonesList().stream()
                .filter(zone -> zone.startsWith(gcp.region()))
                .toList();
        if (!silent.isEmpty()) {
            throw new CloudException(
                    CloudError.UNAVAILABLE,
                    "container.clusters.list",
                    "MISSING_ZONES",
                    "no answer from " + silent + ": what stands there is not known",
                    "Try again later.",
                    null,
                    null);
        }
        return answer.getClustersList().stream()
                .filter(cluster -> cluster.getLocation().equals(gcp.region())
                        || cluster.getLocation().startsWith(gcp.region() + "-"))
                .toList();
    }

    /** Operations that are under way in a location; {@code -} stands for all. */
    public static List<Operation> operations(GcpContext gcp, String location) {
        return gcp
                .find(
                        "container.operations.list",
                        () -> gcp.clients()
                                .clusters()
                                .listOperations(ListOperationsRequest.newBuilder()
                                        .setParent("projects/" + gcp.project() + "/locations/" + location)
                                        .build()))
                .map(ListOperationsResponse::getOperationsList)
                .orElse(List.of())
                .stream()
                .filter(operation -> operation.getStatus() != Operation.Status.DONE)
                .toList();
    }

    /** Those of this backend's cluster, by the link to what they change. */
    public static List<Operation> of(GcpContext gcp, String location, List<Operation> operations) {
        String target = "/" + location + "/clusters/" + gcp.name();
        return operations.stream()
                .filter(operation -> {
                    String link = operation.getTargetLink();
                    return link.endsWith(target) || link.contains(target + "/");
                })
                .toList();
    }
}
