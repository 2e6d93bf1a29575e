// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.facts;

import com.google.cloud.compute.v1.Router;
import com.google.cloud.compute.v1.Subnetwork;
import com.google.common.collect.Lists;
import com.google.container.v1.Cluster;
import io.osmo.backend.cluster.CloudFacts.NetworkFacts;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.network.SubnetRanges;
import io.osmo.backend.spi.provider.FactReader;
import io.osmo.backend.spi.provider.Facts;
import io.osmo.backend.spi.provider.Needs;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The subnet of the nodes, which spans all zones of its region, and what leads out of it (NW-*). */
final class NetworkFactsReader implements FactReader<FactSource, NetworkFacts> {
    static final Needs NEEDS = Needs.reading("compute.subnetworks.get", "compute.routers.list");

    /** Addresses that Google keeps in each subnet. */
    private static final int RESERVED = 4;

    @Override
    public CompletableFuture<Fact<NetworkFacts>> read(FactSource source) {
        return Facts.of(source.context().scheduler().call(() -> network(source.context(), source.cluster())));
    }

    /** The project of the network; that of Shared VPC is another than the cluster's. */
    private static String project(GcpContext context, Cluster cluster) {
        String path = cluster.getNetworkConfig().getSubnetwork();
        return path.startsWith("projects/") ? path.split("/", -1)[1] : context.project();
    }

    private static NetworkFacts network(GcpContext context, Cluster cluster) {
        String name = cluster.getSubnetwork();
        Subnetwork subnet = context.call(
                "compute.subnetworks.get",
                () -> context.clients().subnetworks().get(project(context, cluster), context.region(), name));
        List<Router> routers = context.call(
                "compute.routers.list",
                () -> Lists.newArrayList(context.clients()
                        .routers()
                        .list(project(context, cluster), context.region())
                        .iterateAll()));
        Optional<String> services = Optional.of(cluster.getServicesIpv4Cidr()).filter(range -> !range.isEmpty());
        // Pods have addresses of the secondary range: the primary one has addresses of nodes only.
        int size = 1 << (32 - Integer.parseInt(subnet.getIpCidrRange().replaceFirst(".*/", "")));
        return new NetworkFacts(
                cluster.getNetwork(),
                SubnetRanges.of(subnet, services).network(),
                List.of(),
                services,
                List.of(new NetworkFacts.Subnet(
                        name,
                        Optional.empty(),
                        subnet.getIpCidrRange(),
                        Math.max(0, size - RESERVED - cluster.getCurrentNodeCount()),
                        Fact.of(NodeEgress.of(cluster, routers)))),
                Fact.of(List.of()));
    }
}
