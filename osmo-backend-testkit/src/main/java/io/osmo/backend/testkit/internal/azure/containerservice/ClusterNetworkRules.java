// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.containerservice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.cluster.IpRange;
import io.osmo.backend.testkit.internal.azure.arm.ArmError;
import io.osmo.backend.testkit.internal.azure.arm.Json;
import io.osmo.backend.testkit.internal.azure.arm.Regions;
import io.osmo.backend.testkit.internal.azure.arm.Resource;
import io.osmo.backend.testkit.internal.azure.arm.Write;
import io.osmo.backend.testkit.internal.azure.network.Cidrs;
import io.osmo.backend.testkit.internal.azure.network.Subnets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What AKS refuses about the network of a cluster. */
final class ClusterNetworkRules {
    private static final Set<String> PLUGINS = Set.of("azure", "kubenet", "none");
    private static final Set<String> POLICIES = Set.of("none", "azure", "calico", "cilium");
    /** What AKS takes for neither nodes, pods nor services. */
    private static final List<String> RESERVED =
            List.of("169.254.0.0/16", "172.30.0.0/16", "172.31.0.0/16", "192.0.2.0/24");

    private static final Set<String> OUTBOUND_TYPES = Set.of(
            "loadBalancer", "userDefinedRouting", "managedNATGateway", "userAssignedNATGateway", "none", "block");

    private final AgentPools pools;
    private final Subnets subnets;

    ClusterNetworkRules(AgentPools pools, Subnets subnets) {
        this.pools = pools;
        this.subnets = subnets;
    }

    /** @param profiles pools in the request */
    void check(Write write, JsonNode profiles) {
        ObjectNode network = Json.at(write.properties(), "networkProfile");
        IpRange services = Cidrs.range(network.path("serviceCidr").asText());
        checkServices(network, services);
        checkPlugin(network);
        List<Optional<Resource>> used =
                subnetIds(write, profiles).stream().map(subnets::find).toList();
        List<IpRange> ranges =
                used.stream().flatMap(Optional::stream).map(Subnets::range).toList();
        used.stream()
                .flatMap(Optional::stream)
                .forEach(subnet ->
                        checkSubnet(subnet, write.body().path("location").asText("")));
        checkReserved(services);
        ranges.forEach(ClusterNetworkRules::checkReserved);
        checkOverlaps(network, services, ranges);
        boolean gateways = used.stream()
                .allMatch(subnet ->
                        subnet.filter(s -> s.properties().has("natGateway")).isPresent());
        checkOutbound(network.path("outboundType").asText(), gateways, !ranges.isEmpty());
    }

    private void checkSubnet(Resource subnet, String location) {
        String service =
                subnet.properties().at("/delegations/0/properties/serviceName").asText("");
        if (!service.isEmpty()) {
            throw AksErrors.bad("SubnetIsDelegated: subnet " + subnet.id.text() + " is delegated to " + service
                    + " and cannot be used by AKS.");
        }
        String region = subnets.region(subnet);
        if (!region.equals(Regions.normal(location))) {
            throw AksErrors.invalidParameter("The virtual network of subnet " + subnet.id.text() + " is in " + region
                    + ", not in " + location + ".");
        }
    }

    private static void checkServices(ObjectNode network, IpRange services) {
        String dns = network.path("dnsServiceIP").asText();
        if (IpRange.address(dns).filter(services::contains).isEmpty()
                || dns.equals(services.addressAt(0))
                || dns.equals(services.addressAt(1))) {
            throw AksErrors.invalidParameter("The DNS service IP " + dns + " must be within the service CIDR "
                    + services + " and not its first address.");
        }
        if (services.prefix() < 12) {
            throw AksErrors.invalidParameter("The service CIDR " + services + " is larger than /12.");
        }
    }

    private static void checkPlugin(ObjectNode network) {
        String policy = network.path("networkPolicy").asText();
        if (!PLUGINS.contains(network.path("networkPlugin").asText()) || !POLICIES.contains(policy)) {
            throw AksErrors.invalidParameter("The network plugin or policy is not supported.");
        }
        if (policy.equals("cilium")
                && !network.path("networkDataplane").asText().equals("cilium")) {
            throw AksErrors.invalidParameter("The network policy cilium needs the network dataplane cilium.");
        }
        if (network.path("loadBalancerSku").asText().equalsIgnoreCase("basic")) {
            throw AksErrors.invalidParameter("Load balancers of the basic SKU were retired.");
        }
    }

    /** Subnets of all pools, with an empty text for a pool without one. */
    private Set<String> subnetIds(Write write, JsonNode profiles) {
        Set<String> ids = new HashSet<>();
        profiles.forEach(profile -> ids.add(profile.path("vnetSubnetID").asText("")));
        if (write.existing() != null) {
            pools.of(write.existing()).forEach(pool -> ids.add(pool.text("vnetSubnetID")));
        }
        return ids;
    }

    private static void checkReserved(IpRange range) {
        RESERVED.stream().map(Cidrs::range).filter(range::overlaps).findFirst().ifPresent(reserved -> {
            throw AksErrors.invalidParameter(
                    "The range " + range + " overlaps with the reserved range " + reserved + ".");
        });
    }

    private static void checkOverlaps(ObjectNode network, IpRange services, List<IpRange> subnets) {
        for (IpRange subnet : subnets) {
            if (subnet.overlaps(services)) {
                throw ArmError.badRequest(
                        "ServiceCidrOverlapExistingSubnetsCidr",
                        "The specified service CIDR " + services + " is conflicted with an existing subnet CIDR "
                                + subnet + ".");
            }
        }
        if (network.hasNonNull("podCidr")) {
            IpRange pods = Cidrs.range(network.path("podCidr").asText());
            if (pods.overlaps(services) || subnets.stream().anyMatch(pods::overlaps)) {
                throw AksErrors.invalidParameter(
                        "The pod CIDR " + pods + " overlaps with the service CIDR or a subnet.");
            }
        }
    }

    private static void checkOutbound(String outbound, boolean gateways, boolean ownSubnets) {
        if (!OUTBOUND_TYPES.contains(outbound)) {
            throw AksErrors.invalidParameter("The outbound type " + outbound + " is not supported.");
        }
        if (outbound.equals("userAssignedNATGateway") && !gateways) {
            throw AksErrors.bad(
                    "UserAssignedNATGateway outbound type needs a NAT gateway on the subnet of each agent pool.");
        }
        if (outbound.equals("managedNATGateway") && ownSubnets) {
            throw AksErrors.bad("ManagedNATGateway outbound type cannot be used with a subnet of your own.");
        }
    }
}
