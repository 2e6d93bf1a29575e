// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.network;

import com.google.container.v1.Cluster;
import io.osmo.backend.gcp.internal.GcpContext;
import java.util.List;

/**
 * Clusters of others in the backend's own network; an attachment of every inventory.
 *
 * @param paths such as {@code us-central1-a/clusters/theirs}, sorted
 */
public record NetworkClusters(List<String> paths) {
    public NetworkClusters {
        paths = paths.stream().sorted().toList();
    }

    public static NetworkClusters of(GcpContext context, List<Cluster> clusters) {
        String network = VpcNetwork.path(context);
        return new NetworkClusters(clusters.stream()
                .filter(cluster -> cluster.getNetworkConfig().getNetwork().equals(network)
                        && !context.ownership().owns(cluster.getResourceLabelsMap()))
                .map(cluster -> cluster.getLocation() + "/clusters/" + cluster.getName())
                .toList());
    }
}
