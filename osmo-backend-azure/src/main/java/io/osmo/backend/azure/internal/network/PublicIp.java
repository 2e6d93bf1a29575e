// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.network;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.azure.internal.ArmResource;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.Json;
import io.osmo.backend.azure.internal.group.ResourceGroup;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import io.osmo.backend.spi.provider.Needs;
import java.util.Map;
import java.util.Set;

/** The address by which nodes show themselves to the internet. */
final class PublicIp extends ArmResource {
    static final ResourceId ID = ResourceId.of("public-ip", "nat");

    /** What the calls below need. */
    public static final Needs NEEDS = ArmType.PUBLIC_IP.needs(ID.kind()).delete(ArmType.PUBLIC_IP.action("delete"));

    PublicIp(AzureContext context) {
        super(
                context,
                ID,
                ArmType.PUBLIC_IP,
                armId(context),
                Set.of(ResourceGroup.ID),
                Timing.seconds(5, 3, 10, 2, 15),
                "public IP address of the NAT gateway");
    }

    static String armId(AzureContext context) {
        return context.id(ArmType.PUBLIC_IP, context.name() + "-nat");
    }

    @Override
    protected ObjectNode body(State state) {
        return Json.object(
                "location", context.region(),
                "tags", context.ownership().tags(ID),
                "sku", Map.of("name", "Standard"),
                "properties", Map.of("publicIPAllocationMethod", "Static", "publicIPAddressVersion", "IPv4"));
    }
}
