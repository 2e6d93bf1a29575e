// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.azure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Public IP addresses. */
final class PublicAddresses extends NetworkType {
    static final String QUOTA = "PublicIPAddresses";
    private static final int DEFAULT_QUOTA = 1000;

    PublicAddresses(AzureSubscription azure) {
        super(
                azure,
                "publicIPAddresses",
                (address, user) -> ArmError.badRequest(
                        "PublicIPAddressCannotBeDeleted",
                        "Public IP address " + address + " can not be deleted since it is still allocated to resource "
                                + user + ". In order to delete the public IP, disassociate/detach the Public IP address"
                                + " from the resource."));
    }

    @Override
    ObjectNode accept(Write write) {
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
        if (write.creates()) {
            long used = azure.all(this)
                    .filter(r ->
                            r.location().equals(write.body().path("location").asText()))
                    .count();
            int limit = azure.quota(QUOTA, DEFAULT_QUOTA);
            if (used >= limit) {
                throw ArmError.badRequest(
                        "PublicIPCountLimitReached",
                        "Cannot create more than " + limit
                                + " public IP addresses for this subscription in this region.");
            }
        }
        return write.body();
    }

    @Override
    Optional<ArmError> complete(Resource address, boolean creates) {
        if (creates) {
            String digits = AzureSubscription.digits(address.id.key(), 4);
            address.actual.put("ipAddress", "20.51." + digits.substring(0, 2) + "." + digits.substring(2));
        }
        return super.complete(address, creates);
    }

    @Override
    void show(Resource address, ObjectNode view) {
        super.show(address, view);
        ObjectNode properties = Json.at(view, "properties");
        if (address.actual.has("ipAddress")) {
            String[] parts = address.actual.path("ipAddress").asText().split("\\.", -1);
            properties.put(
                    "ipAddress",
                    parts[0] + "." + parts[1] + "." + Integer.parseInt(parts[2]) + "." + Integer.parseInt(parts[3]));
        }
        azure.usersOf(address).findFirst().ifPresent(user -> {
            if (user.type instanceof NatGateways) {
                properties.putObject("natGateway").put("id", user.id.text());
            } else {
                properties.putObject("ipConfiguration").put("id", user.id.text());
            }
        });
    }
}
