// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.wire;

import com.google.container.v1.Cluster;
import com.google.container.v1.ListClustersResponse;
import com.google.protobuf.Message;
import java.net.URI;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * Clusters as other processes see them: their addresses are those of the emulated API servers. Within this process, clusters keep the
 * addresses that GKE would have assigned.
 *
 * @param endpoints where a cluster is reached, by location and name; empty if it has no API server yet
 */
public record ToldClusters(BiFunction<String, String, Optional<URI>> endpoints) implements UnaryOperator<Message> {
    @Override
    public Message apply(Message response) {
        if (response instanceof Cluster cluster) {
            return told(cluster);
        }
        if (response instanceof ListClustersResponse list) {
            ListClustersResponse.Builder told = list.toBuilder().clearClusters();
            list.getClustersList().forEach(cluster -> told.addClusters(told(cluster)));
            return told.build();
        }
        return response;
    }

    private Cluster told(Cluster cluster) {
        return endpoints
                .apply(cluster.getLocation(), cluster.getName())
                .map(endpoint -> told(cluster, endpoint.getAuthority() + endpoint.getPath()))
                .orElse(cluster);
    }

    private static Cluster told(Cluster cluster, String address) {
        Cluster.Builder told = cluster.toBuilder();
        if (!cluster.getEndpoint().isEmpty()) {
            told.setEndpoint(address);
        }
        if (!cluster.getControlPlaneEndpointsConfig()
                .getDnsEndpointConfig()
                .getEndpoint()
                .isEmpty()) {
            told.getControlPlaneEndpointsConfigBuilder()
                    .getDnsEndpointConfigBuilder()
                    .setEndpoint(address);
        }
        return told.build();
    }
}
