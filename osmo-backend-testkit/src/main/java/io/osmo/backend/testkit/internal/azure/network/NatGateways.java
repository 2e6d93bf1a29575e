// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.network;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.internal.azure.arm.ArmError;
import io.osmo.backend.testkit.internal.azure.arm.AzureSubscription;
import io.osmo.backend.testkit.internal.azure.arm.Json;
import io.osmo.backend.testkit.internal.azure.arm.Resource;
import io.osmo.backend.testkit.internal.azure.arm.Write;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** NAT gateways, which use public addresses and are used by subnets. */
final class NatGateways extends NetworkType {
    private final PublicAddresses addresses;
    private final Subnets subnets;

    NatGateways(AzureSubscription azure, PublicAddresses addresses, Subnets subnets) {
        super(
                azure,
                tracked("natGateways").takes(Duration.ofSeconds(15), Duration.ofSeconds(3), Duration.ofSeconds(10)),
                (gateway, user) -> ArmError.badRequest(
                        "CannotDeleteNatGatewayAssociatedToSubnet",
                        "NAT Gateway " + gateway + " is still configured on subnet " + user
                                + ". Remove NAT Gateway from all"
                                + " referenced subnets and then delete NAT Gateway."));
        this.addresses = addresses;
        this.subnets = subnets;
    }

    @Override
    protected ObjectNode accept(Write write) {
        String gateway = write.id().text();
        String sku = write.body().at("/sku/name").asText("");
        if (!sku.equals("Standard") && !sku.equals("StandardV2")) {
            throw ArmError.badRequest(
                    "MissingOrIncorrectVersionInTemplate",
                    "NAT gateway " + gateway + " needs a sku: Standard or StandardV2.");
        }
        ObjectNode properties = write.properties();
        checkZones(write, sku);
        for (String id : Json.ids(properties.path("publicIpAddresses"))) {
            checkAddress(write, sku, id);
        }
        Json.byDefault(properties, "idleTimeoutInMinutes", 4);
        int idle = properties.path("idleTimeoutInMinutes").asInt();
        if (idle < 4 || idle > 120) {
            throw ArmError.badRequest(
                    "InvalidIdleTimeout", "The idle timeout must be between 4 and 120 minutes, not " + idle + ".");
        }
        return write.body();
    }

    private static void checkZones(Write write, String sku) {
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
    }

    private void checkAddress(Write write, String sku, String id) {
        String gateway = write.id().text();
        Resource address = addresses.require(id, write.id());
        if (!address.body.at("/sku/name").asText().equals(sku)) {
            throw ArmError.badRequest(
                    "NatGatewayPublicIpSkuMismatch",
                    "The SKU of public IP address " + id + " is not that of NAT gateway " + gateway + ".");
        }
        azure.usersOf(address)
                .filter(user -> !user.key.equals(write.id().key()))
                .findFirst()
                .ifPresent(user -> {
                    throw ArmError.badRequest(
                            "PublicIPAddressInUse",
                            "Resource " + gateway + " is referencing public IP address " + id
                                    + " that is already allocated to resource " + user + ".");
                });
    }

    @Override
    protected Stream<String> uses(Resource gateway) {
        return Json.ids(gateway.properties().path("publicIpAddresses")).stream();
    }

    @Override
    protected void show(Resource gateway, ObjectNode view) {
        super.show(gateway, view);
        List<Resource> users =
                azure.usersOf(gateway).filter(user -> user.is(subnets)).toList();
        if (!users.isEmpty()) {
            ArrayNode shown = Json.at(view, "properties").putArray("subnets");
            users.forEach(subnet -> shown.addObject().put("id", subnet.id.text()));
        }
    }
}
