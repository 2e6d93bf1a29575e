// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.azure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Subnets of a virtual network, in use as long as machines stand in them. */
final class Subnets extends NetworkType {
    private static final List<String> REFERENCES = List.of("natGateway", "networkSecurityGroup", "routeTable");

    /** Azure keeps the first four addresses and the last. */
    static final int KEPT = 5;

    Subnets(AzureSubscription azure) {
        super(
                azure,
                "virtualNetworks/subnets",
                (subnet, user) -> ArmError.badRequest(
                        "InUseSubnetCannotBeDeleted",
                        "Subnet " + subnet.name() + " is in use by " + user
                                + " and cannot be deleted. In order to delete the subnet, delete all the resources within"
                                + " the subnet. See aka.ms/deletesubnet."));
    }

    @Override
    boolean isTracked() {
        return false;
    }

    @Override
    Optional<Operation> blockedBy(ArmId id) {
        String network = ArmId.key(id.parent());
        return Stream.concat(azure.find(network).stream(), azure.under(network).filter(r -> r.is(this)))
                .filter(r -> !r.id.key().equals(id.key()))
                .flatMap(r -> Stream.ofNullable(r.running))
                .findFirst();
    }

    static Cidr range(Resource subnet) {
        return range(subnet.properties());
    }

    private static Cidr range(ObjectNode properties) {
        String single = properties.path("addressPrefix").asText("");
        List<String> several = Json.strings(properties.path("addressPrefixes"));
        if (single.isEmpty() && several.isEmpty()) {
            throw ArmError.badRequest("NetcfgSubnetRangeInvalid", "A subnet needs an address prefix.");
        }
        return Cidr.of(single.isEmpty() ? several.get(0) : single);
    }

    @Override
    ObjectNode accept(Write write) {
        ObjectNode properties = write.properties();
        Cidr range = range(properties);
        Resource network = azure.find(write.id().parent())
                .orElseThrow(() -> ArmError.notFound(ArmId.of(write.id().parent())));
        List<String> space = Json.strings(network.properties().at("/addressSpace/addressPrefixes"));
        if (range.bits() > 29 || space.stream().noneMatch(p -> Cidr.of(p).contains(range))) {
            throw ArmError.badRequest(
                    "NetcfgSubnetRangeOutsideVnet",
                    "Subnet '" + write.id().name()
                            + "' is not valid because its IP address range is outside the IP address"
                            + " range of virtual network '" + network.name() + "'.");
        }
        azure.under(network.id.text())
                .filter(r -> r.is(this) && !r.id.key().equals(write.id().key()) && range(r).overlaps(range))
                .findFirst()
                .ifPresent(other -> {
                    throw ArmError.badRequest(
                            "NetcfgSubnetRangesOverlap",
                            "Subnet '" + write.id().name() + "' is not valid because its IP address range overlaps with"
                                    + " that of an existing subnet in virtual network '" + network.name() + "'.");
                });
        Resource existing = write.existing();
        if (existing != null && !range(existing).equals(range)) {
            azure.usersOf(existing).findFirst().ifPresent(user -> {
                throw ArmError.badRequest(
                        "InUsePrefixCannotBeDeleted",
                        "IpPrefix " + range(existing) + " on Subnet " + existing.name() + " has active allocations and"
                                + " cannot be deleted.");
            });
        }
        for (String reference : REFERENCES) {
            String target = properties.at("/" + reference + "/id").asText("");
            if (!target.isEmpty()) {
                Resource found = azure.find(target)
                        .orElseThrow(() -> ArmError.badRequest(
                                "InvalidResourceReference",
                                "Resource " + target + " referenced by resource "
                                        + write.id().text() + " was not found. Please"
                                        + " make sure that the referenced resource exists, and that both resources are in the same"
                                        + " region."));
                if (!found.location().equals(network.location())) {
                    throw ArmError.badRequest(
                            "InvalidResourceReference",
                            "Resource " + target + " referenced by resource "
                                    + write.id().text() + " is in another region.");
                }
            }
        }
        Json.byDefault(properties, "privateEndpointNetworkPolicies", "Disabled");
        Json.byDefault(properties, "privateLinkServiceNetworkPolicies", "Enabled");
        if (!properties.has("delegations")) {
            properties.putArray("delegations");
        }
        return write.body();
    }

    @Override
    Stream<String> uses(Resource subnet) {
        return REFERENCES.stream()
                .map(reference ->
                        subnet.properties().at("/" + reference + "/id").asText(""))
                .filter(id -> !id.isEmpty());
    }

    @Override
    void show(Resource subnet, ObjectNode view) {
        List<String> users = azure.usersOf(subnet).map(Resource::toString).toList();
        if (!users.isEmpty()) {
            ArrayNode configurations = Json.at(view, "properties").putArray("ipConfigurations");
            users.forEach(user -> configurations.addObject().put("id", user + "/ipConfigurations/ipconfig1"));
        }
    }
}
