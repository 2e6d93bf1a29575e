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
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The way out of the node subnet. A subnet has one gateway and a gateway of the standard SKU lives in one zone, which Azure
 * picks; it serves nodes of all zones. (A gateway per zone would need a subnet and a pool per zone.)
 */
final class NatGateway extends ArmResource {
    static final ResourceId ID = ResourceId.of("nat-gateway", "backend");

    /** What the calls below need. */
    public static final Needs NEEDS = ArmType.NAT_GATEWAY
            .needs(ID.kind())
            .create(ArmType.PUBLIC_IP.action("join/action"))
            .update(ArmType.PUBLIC_IP.action("join/action"))
            .delete(ArmType.NAT_GATEWAY.action("delete"));

    NatGateway(AzureContext context) {
        super(
                context,
                ID,
                ArmType.NAT_GATEWAY,
                armId(context),
                Set.of(ResourceGroup.ID, PublicIp.ID),
                Timing.seconds(15, 3, 10, 2, 15),
                "NAT gateway");
    }

    static String armId(AzureContext context) {
        return context.id(ArmType.NAT_GATEWAY, context.name() + "-nat");
    }

    @Override
    protected ObjectNode body(State state) {
        return Json.object(
                "location", context.region(),
                "tags", context.ownership().tags(ID),
                "sku", Map.of("name", "Standard"),
                "properties",
                        Map.of(
                                "idleTimeoutInMinutes",
                                10,
                                "publicIpAddresses",
                                List.of(Map.of("id", PublicIp.armId(context)))));
    }
}
