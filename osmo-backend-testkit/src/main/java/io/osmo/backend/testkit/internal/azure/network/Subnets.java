// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.network;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.cluster.IpRange;
import io.osmo.backend.testkit.internal.azure.arm.ArmError;
import io.osmo.backend.testkit.internal.azure.arm.ArmId;
import io.osmo.backend.testkit.internal.azure.arm.AzureSubscription;
import io.osmo.backend.testkit.internal.azure.arm.Json;
import io.osmo.backend.testkit.internal.azure.arm.Operation;
import io.osmo.backend.testkit.internal.azure.arm.Resource;
import io.osmo.backend.testkit.internal.azure.arm.Write;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Subnets of virtual networks, which are in use as long as machines are in them. */
public final class Subnets extends NetworkType {
    private static final List<String> REFERENCES = List.of("natGateway", "networkSecurityGroup", "routeTable");

    /** Azure reserves the first four addresses and the last. */
    private static final int RESERVED = 5;

    private final Set<String> full = new HashSet<>();

    Subnets(AzureSubscription azure) {
        super(
                azure,
                child("virtualNetworks/subnets"),
                (subnet, user) -> ArmError.badRequest(
                        "InUseSubnetCannotBeDeleted",
                        "Subnet " + subnet.name() + " is in use by " + user
                                + " and cannot be deleted. In order to delete the subnet, delete all the resources within"
                                + " the subnet. See aka.ms/deletesubnet."));
    }

    /** Takes all free addresses of a subnet, as machines of others do, or gives them back. */
    public void fill(String subnet, boolean taken) {
        if (taken) {
            full.add(ArmId.key(subnet));
        } else {
            full.remove(ArmId.key(subnet));
        }
    }

    /** Whether a subnet has no free address. */
    public boolean isFull(String subnet) {
        return full.contains(ArmId.key(subnet));
    }

    /** Region of the network of a subnet. */
    public String region(Resource subnet) {
        return azure.find(subnet.id.parent()).map(Resource::location).orElse("");
    }

    public static IpRange range(Resource subnet) {
        return range(subnet.properties());
    }

    /** How many addresses of a subnet machines can have. */
    public static long usable(IpRange subnet) {
        return subnet.size() - RESERVED;
    }

    private static IpRange range(ObjectNode properties) {
        String single = properties.path("addressPrefix").asText("");
        List<String> several = Json.strings(properties.path("addressPrefixes"));
        if (single.isEmpty() && several.isEmpty()) {
            throw ArmError.badRequest("NetcfgSubnetRangeInvalid", "A subnet needs an address prefix.");
        }
        return Cidrs.range(single.isEmpty() ? several.get(0) : single);
    }

    /** Operations on a network and on its subnets exclude each other. */
    @Override
    protected Optional<Operation> blockedBy(ArmId id) {
        String network = ArmId.key(id.parent());
        return Stream.concat(azure.find(network).stream(), azure.under(network).filter(r -> r.is(this)))
                .filter(resource -> !resource.key.equals(id.key()))
                .flatMap(resource -> Stream.ofNullable(resource.running))
                .findFirst();
    }

    @Override
    protected ObjectNode accept(Write write) {
        ObjectNode properties = write.properties();
        Resource network = azure.find(write.id().parent())
                .orElseThrow(() -> ArmError.notFound(ArmId.of(write.id().parent())));
        checkRange(write, range(properties), network);
        for (String reference : REFERENCES) {
            checkReference(write, reference(properties, reference), network);
        }
        Json.byDefault(properties, "privateEndpointNetworkPolicies", "Disabled");
        Json.byDefault(properties, "privateLinkServiceNetworkPolicies", "Enabled");
        if (!properties.has("delegations")) {
            properties.putArray("delegations");
        }
        return write.body();
    }

    private void checkRange(Write write, IpRange range, Resource network) {
        String name = write.id().name();
        List<String> space = Json.strings(network.properties().at("/addressSpace/addressPrefixes"));
        if (range.prefix() > 29
                || space.stream().noneMatch(prefix -> Cidrs.range(prefix).contains(range))) {
            throw ArmError.badRequest(
                    "NetcfgSubnetRangeOutsideVnet",
                    "Subnet '" + name + "' is not valid because its IP address range is outside the IP address"
                            + " range of virtual network '" + network.name() + "'.");
        }
        boolean overlaps = of(network)
                .anyMatch(other ->
                        !other.key.equals(write.id().key()) && range(other).overlaps(range));
        if (overlaps) {
            throw ArmError.badRequest(
                    "NetcfgSubnetRangesOverlap",
                    "Subnet '" + name + "' is not valid because its IP address range overlaps with"
                            + " that of an existing subnet in virtual network '" + network.name() + "'.");
        }
        Resource existing = write.existing();
        if (existing != null
                && !range(existing).equals(range)
                && azure.usersOf(existing).findAny().isPresent()) {
            throw ArmError.badRequest(
                    "InUsePrefixCannotBeDeleted",
                    "IpPrefix " + range(existing) + " on Subnet " + existing.name() + " has active allocations and"
                            + " cannot be deleted.");
        }
    }

    private static String reference(ObjectNode properties, String name) {
        return properties.at("/" + name + "/id").asText("");
    }

    private void checkReference(Write write, String target, Resource network) {
        if (target.isEmpty()) {
            return;
        }
        Resource found = azure.find(target).orElseThrow(() -> missing(target, write.id()));
        if (!found.location().equals(network.location())) {
            throw ArmError.badRequest(
                    "InvalidResourceReference",
                    "Resource " + target + " referenced by resource "
                            + write.id().text() + " is in another region.");
        }
    }

    @Override
    protected Stream<String> uses(Resource subnet) {
        return REFERENCES.stream()
                .map(name -> reference(subnet.properties(), name))
                .filter(id -> !id.isEmpty());
    }

    @Override
    protected void show(Resource subnet, ObjectNode view) {
        ArrayNode configurations = Json.object().putArray("ipConfigurations");
        azure.usersOf(subnet).forEach(user -> {
            int machines = Math.max(1, user.body.at("/sku/capacity").asInt());
            for (int i = 0; i < machines; i++) {
                configurations.addObject().put("id", user + "/ipConfigurations/ipconfig" + (i + 1));
            }
        });
        for (long i = configurations.size(); isFull(subnet.id.text()) && i < usable(range(subnet)); i++) {
            configurations.addObject().put("id", subnet.id.text() + "/others/" + i);
        }
        if (!configurations.isEmpty()) {
            Json.at(view, "properties").set("ipConfigurations", configurations);
        }
    }
}
