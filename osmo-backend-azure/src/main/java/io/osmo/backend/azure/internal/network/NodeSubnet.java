// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.network;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.cluster.IpRange;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Observed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The subnet of the nodes, whether the backend's own or an existing one.
 *
 * @param id its id in Azure
 * @param egress the way to the internet, as a value of AKS's {@code outboundType}
 */
public record NodeSubnet(String id, String egress) {
    private static final int RESERVED = 5;

    static final String NAT = "userAssignedNATGateway";
    static final String ROUTES = "userDefinedRouting";

    /** By the spec, and for an existing subnet by what it has. */
    public static NodeSubnet of(AzureContext context, BackendSpec spec, Inventory inventory) {
        if (spec.network().existingId().isEmpty()) {
            return new NodeSubnet(own(context), NAT);
        }
        String id = spec.network().existingSubnetIds().isEmpty()
                ? spec.network().existingId().get()
                : spec.network().existingSubnetIds().get(0);
        return new NodeSubnet(
                id, find(inventory, id).flatMap(NodeSubnet::egressOf).orElse(NAT));
    }

    private static String own(AzureContext context) {
        return VirtualNetwork.armId(context) + "/subnets/" + VirtualNetwork.NODES;
    }

    /** The refusal of another subnet than the cluster is in; the backend's own is what a spec gets that names none. */
    public static FieldChange moved(AzureContext context, String now, String wanted) {
        return FieldChange.fixed("network.existing.subnets[0]", orOwn(context, now), orOwn(context, wanted));
    }

    private static String orOwn(AzureContext context, String id) {
        return id.equalsIgnoreCase(own(context)) ? "none (" + id + ")" : id;
    }

    /** The scope of the cluster identity's role: the subnet, or the network if AKS has to link it to an existing private DNS zone. */
    public String roleScope(BackendSpec spec) {
        int end = id.lastIndexOf("/subnets/");
        return PrivateZone.of(spec).isPresent() && end > 0 ? id.substring(0, end) : id;
    }

    /** A subnet of the observed network by its id. */
    static Optional<JsonNode> find(Inventory inventory, String id) {
        return Optional.ofNullable(inventory.observed().get(VirtualNetwork.ID))
                .map(Observed::value)
                .map(ArmObject.class::cast)
                .flatMap(network -> {
                    for (JsonNode subnet : network.json().at("/properties/subnets")) {
                        if (subnet.path("id").asText().equalsIgnoreCase(id)) {
                            return Optional.of(subnet);
                        }
                    }
                    return Optional.empty();
                });
    }

    /**
     * Addresses of the subnet that nodes can still have: Azure keeps five of each subnet, and each configuration takes one. Empty if
     * there is no such subnet and none is going to be made.
     */
    public static Optional<Long> free(AzureContext context, BackendSpec spec, Inventory inventory) {
        Optional<JsonNode> found = find(inventory, of(context, spec, inventory).id());
        if (found.isEmpty() && spec.network().existingId().isPresent()) {
            return Optional.empty();
        }
        Optional<String> range = found.map(NodeSubnet::range).or(spec.network()::cidr);
        long size = range.flatMap(IpRange::parse).map(IpRange::size).orElse(0L);
        long taken = found.map(
                        subnet -> subnet.at("/properties/ipConfigurations").size())
                .orElse(0);
        return Optional.of(Math.max(0, size - RESERVED - taken));
    }

    private static String range(JsonNode subnet) {
        String single = subnet.at("/properties/addressPrefix").asText("");
        return single.isEmpty() ? subnet.at("/properties/addressPrefixes/0").asText("") : single;
    }

    /** The service that a subnet is delegated to, which alone may use it then. */
    static Optional<String> delegatedTo(JsonNode subnet) {
        String service =
                subnet.at("/properties/delegations/0/properties/serviceName").asText("");
        return service.isEmpty() ? Optional.empty() : Optional.of(service);
    }

    /** Ranges of all subnets of a network. */
    static List<String> ranges(ArmObject network) {
        List<String> ranges = new ArrayList<>();
        for (JsonNode subnet : network.json().at("/properties/subnets")) {
            ranges.add(range(subnet));
        }
        return ranges;
    }

    /** Whether two ranges have addresses in common. */
    static boolean meets(String one, String other) {
        return IpRange.parse(one)
                .flatMap(range -> IpRange.parse(other).filter(range::overlaps))
                .isPresent();
    }

    /** How a subnet leads out, if it does. */
    static Optional<String> egressOf(JsonNode subnet) {
        if (subnet.at("/properties/natGateway/id").isTextual()) {
            return Optional.of(NAT);
        }
        return subnet.at("/properties/routeTable/id").isTextual() ? Optional.of(ROUTES) : Optional.empty();
    }
}
