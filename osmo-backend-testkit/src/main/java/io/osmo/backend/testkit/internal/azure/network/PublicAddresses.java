// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.network;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.internal.azure.arm.ArmError;
import io.osmo.backend.testkit.internal.azure.arm.ArmId;
import io.osmo.backend.testkit.internal.azure.arm.AzureSubscription;
import io.osmo.backend.testkit.internal.azure.arm.Json;
import io.osmo.backend.testkit.internal.azure.arm.Resource;
import io.osmo.backend.testkit.internal.azure.arm.Write;
import java.util.Optional;

/** Public IP addresses. */
public final class PublicAddresses extends NetworkType {
    /** Name of the quota of addresses in a region. */
    public static final String QUOTA = "PublicIPAddresses";

    static final int DEFAULT_QUOTA = 1000;

    PublicAddresses(AzureSubscription azure) {
        super(
                azure,
                tracked("publicIPAddresses"),
                (address, user) -> ArmError.badRequest(
                        "PublicIPAddressCannotBeDeleted",
                        "Public IP address " + address + " can not be deleted since it is still allocated to resource "
                                + user + ". In order to delete the public IP, disassociate/detach the Public IP address"
                                + " from the resource."));
    }

    /** Makes an address as a service does that needs one. */
    public Resource create(ArmId id, ObjectNode body) {
        Resource address = azure.put(id, this, body);
        onEnd(address, true);
        return address;
    }

    int used(String region) {
        return (int) all().filter(address -> address.location().equals(region)).count();
    }

    @Override
    protected ObjectNode accept(Write write) {
        ObjectNode properties = write.properties();
        ObjectNode sku = Json.at(write.body(), "sku");
        Json.byDefault(sku, "name", "Standard");
        Json.byDefault(sku, "tier", "Regional");
        if (sku.path("name").asText().equals("Basic")) {
            throw ArmError.badRequest(
                    "BasicSkuPublicIpRetired", "Public IP addresses of the Basic SKU were retired on 2025-09-30.");
        }
        Json.byDefault(properties, "publicIPAllocationMethod", "Dynamic");
        Json.byDefault(properties, "publicIPAddressVersion", "IPv4");
        Json.byDefault(properties, "idleTimeoutInMinutes", 4);
        if (!properties.path("publicIPAllocationMethod").asText().equals("Static")) {
            throw ArmError.badRequest(
                    "StandardSkuPublicIpAddressMustBeStatic",
                    "Public IP address " + write.id().text() + " of the Standard SKU must have the allocation method"
                            + " Static.");
        }
        int limit = azure.quota(QUOTA, DEFAULT_QUOTA);
        if (write.creates() && used(write.body().path("location").asText()) >= limit) {
            throw ArmError.badRequest(
                    "PublicIPCountLimitReached",
                    "Cannot create more than " + limit + " public IP addresses for this subscription in this region.");
        }
        return write.body();
    }

    @Override
    protected Optional<ArmError> onEnd(Resource address, boolean creates) {
        if (creates) {
            String digits = AzureSubscription.digits(address.key, 4);
            int third = Integer.parseInt(digits.substring(0, 2));
            int fourth = Integer.parseInt(digits.substring(2));
            address.computed.put("ipAddress", "20.51." + third + "." + fourth);
        }
        return super.onEnd(address, creates);
    }

    @Override
    protected void show(Resource address, ObjectNode view) {
        super.show(address, view);
        ObjectNode properties = Json.at(view, "properties");
        if (address.computed.has("ipAddress")) {
            properties.put("ipAddress", address.computed("ipAddress"));
        }
        azure.usersOf(address)
                .findFirst()
                .ifPresent(user -> properties
                        .putObject(user.type instanceof NatGateways ? "natGateway" : "ipConfiguration")
                        .put("id", user.id.text()));
    }
}
