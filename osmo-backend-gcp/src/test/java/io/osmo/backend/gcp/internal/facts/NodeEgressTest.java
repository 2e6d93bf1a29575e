// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.facts;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.compute.v1.Router;
import com.google.cloud.compute.v1.RouterNat;
import com.google.cloud.compute.v1.RouterNatSubnetworkToNat;
import com.google.container.v1.Cluster;
import com.google.container.v1.NetworkConfig;
import com.google.container.v1.NodeNetworkConfig;
import com.google.container.v1.NodePool;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NodeEgressTest {
    @Test
    void nodes_with_public_addresses_need_no_nat() {
        assertThat(NodeEgress.of(cluster(false, false), List.of())).contains("default-internet-gateway");
    }

    @Test
    void one_pool_of_private_nodes_needs_it() {
        assertThat(NodeEgress.of(cluster(false, true), List.of())).isEmpty();
        assertThat(NodeEgress.of(cluster(false, true), List.of(router("net", nat("ALL_SUBNETWORKS_ALL_IP_RANGES")))))
                .contains("router/nat");
    }

    @Test
    void a_cluster_without_pools_goes_by_its_default() {
        Cluster empty = cluster().toBuilder()
                .setNetworkConfig(NetworkConfig.newBuilder().setDefaultEnablePrivateNodes(true))
                .build();

        assertThat(NodeEgress.of(empty, List.of())).isEmpty();
    }

    @Test
    void a_nat_that_serves_other_subnets_or_networks_leads_nowhere() {
        assertThat(NodeEgress.of(cluster(true), List.of(router("net", nat("LIST_OF_SUBNETWORKS", "other")))))
                .isEmpty();
        assertThat(NodeEgress.of(cluster(true), List.of(router("net", nat("LIST_OF_SUBNETWORKS", "other", "nodes")))))
                .contains("router/nat");
        assertThat(NodeEgress.of(cluster(true), List.of(router("elsewhere", nat("ALL_SUBNETWORKS_ALL_IP_RANGES")))))
                .isEmpty();
    }

    private static Cluster cluster(Boolean... privatePools) {
        return Cluster.newBuilder()
                .setNetwork("net")
                .setSubnetwork("nodes")
                .addAllNodePools(Stream.of(privatePools)
                        .map(isPrivate -> NodePool.newBuilder()
                                .setNetworkConfig(NodeNetworkConfig.newBuilder().setEnablePrivateNodes(isPrivate))
                                .build())
                        .toList())
                .build();
    }

    private static Router router(String network, RouterNat nat) {
        return Router.newBuilder()
                .setName("router")
                .setNetwork("https://www.googleapis.com/compute/v1/projects/p/global/networks/" + network)
                .addNats(nat)
                .build();
    }

    private static RouterNat nat(String ranges, String... subnets) {
        return RouterNat.newBuilder()
                .setName("nat")
                .setSourceSubnetworkIpRangesToNat(ranges)
                .addAllSubnetworks(Stream.of(subnets)
                        .map(subnet -> RouterNatSubnetworkToNat.newBuilder()
                                .setName("https://www.googleapis.com/compute/v1/projects/p/regions/r/subnetworks/"
                                        + subnet)
                                .build())
                        .toList())
                .build();
    }
}
