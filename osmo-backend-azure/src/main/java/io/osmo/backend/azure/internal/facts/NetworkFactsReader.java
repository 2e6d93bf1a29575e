// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.facts;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.network.VirtualNetwork;
import io.osmo.backend.cluster.CloudFacts.NetworkFacts;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.cluster.IpRange;
import io.osmo.backend.spi.provider.FactReader;
import io.osmo.backend.spi.provider.Facts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** Reads the network of a cluster's nodes. */
final class NetworkFactsReader implements FactReader<FactSource, NetworkFacts> {
    /** Azure keeps so many addresses of each subnet for itself. */
    private static final int RESERVED = 5;

    /** What AKS makes and keeps itself, by outbound type. */
    private static final Map<String, String> OWN_WAYS_OUT =
            Map.of("loadBalancer", "load balancer of AKS", "managedNATGateway", "NAT gateway of AKS");

    @Override
    public CompletableFuture<Fact<NetworkFacts>> read(FactSource source) {
        return source.pools()
                .thenCombine(source.cluster(), (pools, cluster) -> read(source.context(), cluster, pools))
                .thenCompose(network -> network);
    }

    private static CompletableFuture<Fact<NetworkFacts>> read(
            AzureContext context, Fact<ArmObject> cluster, Fact<List<JsonNode>> pools) {
        Optional<List<JsonNode>> known = pools.known();
        if (known.isEmpty()) {
            return CompletableFuture.completedFuture(pools.flatMap(p -> Fact.unknown("")));
        }
        Set<String> subnets = new TreeSet<>();
        known.get()
                .forEach(pool -> subnets.add(
                        pool.at("/properties/vnetSubnetID").asText("").toLowerCase(Locale.ROOT)));
        subnets.remove("");
        if (subnets.isEmpty()) {
            return CompletableFuture.completedFuture(
                    Fact.unknown("the nodes are in a network that AKS made and does not name"));
        }
        String first = subnets.iterator().next();
        String network = first.substring(0, first.lastIndexOf("/subnets/"));
        return Facts.of(context.find(ArmType.VIRTUAL_NETWORK, network))
                .thenApply(found -> found.flatMap(vnet -> vnet.map(v -> Fact.of(of(v, subnets, cluster)))
                        .orElseGet(() -> Fact.unknown("there is no virtual network " + network))));
    }

    private static NetworkFacts of(ArmObject network, Set<String> ids, Fact<ArmObject> cluster) {
        Fact<String> outbound = cluster.map(c -> c.text("/properties/networkProfile/outboundType"));
        List<NetworkFacts.Subnet> subnets = new ArrayList<>();
        for (JsonNode subnet : network.json().at("/properties/subnets")) {
            if (ids.contains(subnet.path("id").asText().toLowerCase(Locale.ROOT))) {
                subnets.add(subnet(subnet, outbound));
            }
        }
        return new NetworkFacts(
                network.id(),
                VirtualNetwork.ranges(network),
                cluster.known().flatMap(c -> c.find("/properties/networkProfile/podCidr")).stream()
                        .toList(),
                cluster.known().flatMap(c -> c.find("/properties/networkProfile/serviceCidr")),
                subnets,
                Fact.of(List.of()));
    }

    private static NetworkFacts.Subnet subnet(JsonNode subnet, Fact<String> outbound) {
        JsonNode properties = subnet.path("properties");
        String cidr = properties
                .path("addressPrefix")
                .asText(properties.path("addressPrefixes").path(0).asText(""));
        return new NetworkFacts.Subnet(
                subnet.path("id").asText(),
                // A subnet of Azure spans all zones.
                Optional.empty(),
                cidr,
                free(cidr, properties.path("ipConfigurations").size()),
                egress(properties, outbound));
    }

    /**
     * A NAT gateway of the subnet comes first, then a route table; without either the cluster's own way out counts, see <a
     * href="https://learn.microsoft.com/azure/aks/egress-outboundtype">outbound types</a>.
     */
    static Fact<Optional<String>> egress(JsonNode subnet, Fact<String> outbound) {
        Optional<String> gateway = text(subnet.at("/natGateway/id"));
        if (gateway.isPresent()) {
            return Fact.of(gateway);
        }
        Optional<String> routes = text(subnet.at("/routeTable/id"));
        return routes.isPresent()
                ? Fact.unknown("route table " + routes.get() + " leads out; where to is not read")
                : outbound.map(type -> Optional.ofNullable(OWN_WAYS_OUT.get(type)));
    }

    private static Optional<String> text(JsonNode node) {
        return Optional.of(node.asText("")).filter(text -> !text.isEmpty());
    }

    /** Addresses of a subnet that nothing uses; 0 when its range is none. */
    static int free(String cidr, int used) {
        return IpRange.parse(cidr)
                .map(range -> (int) Math.min(Integer.MAX_VALUE, Math.max(0, range.size() - RESERVED - used)))
                .orElse(0);
    }
}
