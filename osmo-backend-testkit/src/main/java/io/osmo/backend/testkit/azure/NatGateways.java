// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.azure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.stream.Stream;

/** NAT gateways, which subnets refer to and which refer to public addresses. */
final class NatGateways extends NetworkType {
    private final PublicAddresses addresses;
    private final Subnets subnets;

    NatGateways(AzureSubscription azure, PublicAddresses addresses, Subnets subnets) {
        super(
                azure,
                "natGateways",
                (gateway, user) -> ArmError.badRequest(
                        "CannotDeleteNatGatewayAssociatedToSubnet",
                        "NAT Gateway " + gateway + " is still configured on subnet " + user
                                + ". Remove NAT Gateway from all"
                                + " referenced subnets and then delete NAT Gateway."));
        this.addresses = addresses;
        this.subnets = subnets;
    }

    @Override
    Duration createTime(Resource resource) {
        return Durations.NAT_CREATE;
    }

    @Override
    ObjectNode accept(Write write) {
        String sku = write.body().at("/sku/name").asText("");
        if (!sku.equals("Standard") && !sku.equals("StandardV2")) {
            throw ArmError.badRequest(
                    "MissingOrIncorrectVersionInTemplate",
                    "NAT gateway " + write.id().text() + " needs a sku: Standard or StandardV2.");
        }
        ObjectNode properties = write.properties();
        int zones = write.body().path("zones").size();
        if (sku.equals("Standard") && zones > 1) {
            throw ArmError.badRequest(
                    "ResourceCannotHaveMultipleZonesSpecified",
                    "Resource " + write.id().text() + " cannot have multiple zones specified. Only one zone can be"
                            + " specified for this resource.");
        }
        Resource existing = write.existing();
        if (existing != null && !existing.body.path("zones").equals(write.body().path("zones"))) {
            throw ArmError.badRequest(
                    "ResourceAvailabilityZonesCannotBeModified",
                    "Resource " + write.id().text() + " has an existing availability zone constraint and it cannot be"
                            + " modified.");
        }
        for (String id : Json.ids(properties.path("publicIpAddresses"))) {
            Resource address = require(id, addresses, write.id().text());
            if (!address.body.at("/sku/name").asText().equals(sku)) {
                throw ArmError.badRequest(
                        "NatGatewayPublicIpSkuMismatch",
                        "The SKU of public IP address " + id + " is not that of NAT gateway "
                                + write.id().text() + ".");
            }
            azure.usersOf(address)
                    .filter(user -> !user.id.key().equals(write.id().key()))
                    .findFirst()
                    .ifPresent(user -> {
                        throw ArmError.badRequest(
                                "PublicIPAddressInUse",
                                "Resource " + write.id().text() + " is referencing public IP address " + id
                                        + " that is already allocated to resource " + user + ".");
                    });
        }
        Json.byDefault(properties, "idleTimeoutInMinutes", 4);
        int idle = properties.path("idleTimeoutInMinutes").asInt();
        if (idle < 4 || idle > 120) {
            throw ArmError.badRequest(
                    "InvalidIdleTimeout", "The idle timeout must be between 4 and 120 minutes, not " + idle + ".");
        }
        return write.body();
    }

    @Override
    Stream<String> uses(Resource gateway) {
        return Json.ids(gateway.properties().path("publicIpAddresses")).stream();
    }

    @Override
    void show(Resource gateway, ObjectNode view) {
        super.show(gateway, view);
        ArrayNode attached = Json.array();
        azure.usersOf(gateway)
                .filter(r -> r.is(subnets))
                .forEach(s -> attached.addObject().put("id", s.id.text()));
        if (!attached.isEmpty()) {
            Json.at(view, "properties").set("subnets", attached);
        }
    }
}
