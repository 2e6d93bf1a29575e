// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.facts;

import com.google.cloud.compute.v1.Router;
import com.google.cloud.compute.v1.RouterNat;
import com.google.container.v1.Cluster;
import java.util.List;
import java.util.Optional;

/**
 * What leads out of a cluster's subnet (NW-2). Nodes with public addresses use the network's internet gateway; private ones need
 * Cloud NAT, of a router in the same network, that serves their subnet. See <a
 * href="https://cloud.google.com/nat/docs/overview">Cloud NAT</a>. Pure.
 */
final class NodeEgress {
    private static final String SELECTED = "LIST_OF_SUBNETWORKS";

    private NodeEgress() {}

    static Optional<String> of(Cluster cluster, List<Router> routers) {
        if (!hasPrivateNodes(cluster)) {
            return Optional.of("default-internet-gateway");
        }
        return routers.stream()
                .filter(router -> last(router.getNetwork()).equals(cluster.getNetwork()))
                .flatMap(router -> router.getNatsList().stream()
                        .filter(nat -> serves(nat, cluster.getSubnetwork()))
                        .map(nat -> router.getName() + "/" + nat.getName()))
                .findFirst();
    }

    private static boolean hasPrivateNodes(Cluster cluster) {
        return cluster.getNodePoolsCount() == 0
                ? cluster.getNetworkConfig().getDefaultEnablePrivateNodes()
                        || cluster.getPrivateClusterConfig().getEnablePrivateNodes()
                : cluster.getNodePoolsList().stream()
                        .anyMatch(pool -> pool.getNetworkConfig().getEnablePrivateNodes());
    }

    private static boolean serves(RouterNat nat, String subnet) {
        return !nat.getSourceSubnetworkIpRangesToNat().equals(SELECTED)
                || nat.getSubnetworksList().stream()
                        .anyMatch(served -> last(served.getName()).equals(subnet));
    }

    static String last(String link) {
        return link.substring(link.lastIndexOf('/') + 1);
    }
}
