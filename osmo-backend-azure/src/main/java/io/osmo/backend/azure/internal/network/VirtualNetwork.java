// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.network;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.ArmResource;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.Json;
import io.osmo.backend.azure.internal.group.ResourceGroup;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import io.osmo.backend.spi.provider.Needs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The virtual network with the subnet of the nodes. They are one object, because a PUT of a network without its subnets deletes
 * them; subnets that others have added are sent unchanged. Pods have addresses of their own (Azure CNI Overlay).
 */
public final class VirtualNetwork extends ArmResource {
    public static final ResourceId ID = ResourceId.of("virtual-network", "backend");

    /** What the calls below need. */
    public static final Needs NEEDS = ArmType.VIRTUAL_NETWORK
            .needs(ID.kind())
            .create(ArmType.NAT_GATEWAY.action("join/action"))
            .update(ArmType.NAT_GATEWAY.action("join/action"))
            .destroy(ArmType.VIRTUAL_NETWORK.action("delete"));

    static final String NODES = "nodes";

    private final String cidr;

    VirtualNetwork(AzureContext context, BackendSpec spec) {
        this(context, spec.network().cidr().orElseThrow());
    }

    private VirtualNetwork(AzureContext context, String cidr) {
        super(
                context,
                ID,
                ArmType.VIRTUAL_NETWORK,
                armId(context),
                Set.of(ResourceGroup.ID, NatGateway.ID),
                Timing.seconds(5, 3, 10, 2, 15),
                "virtual network with the subnet of the nodes");
        this.cidr = cidr;
    }

    /** An existing network, for deletion only. */
    static VirtualNetwork standing(AzureContext context) {
        return new VirtualNetwork(context, "");
    }

    static String armId(AzureContext context) {
        return context.id(ArmType.VIRTUAL_NETWORK, context.name() + "-vnet");
    }

    @Override
    protected ObjectNode body(State state) {
        return Json.object(
                "location", context.region(),
                "tags", context.ownership().tags(ID),
                "properties",
                        Map.of(
                                "addressSpace",
                                Map.of("addressPrefixes", List.of(cidr)),
                                "subnets",
                                List.of(Map.of(
                                        "name",
                                        NODES,
                                        "properties",
                                        Map.of(
                                                "addressPrefix",
                                                cidr,
                                                "natGateway",
                                                Map.of("id", NatGateway.armId(context)))))));
    }

    /** Its range cannot be changed: the nodes are in it, and would all have to be replaced. */
    @Override
    protected Set<String> impossible() {
        return Set.of("location", "properties.addressSpace", "properties.subnets[nodes].properties.addressPrefix");
    }

    @Override
    protected Set<String> replacing() {
        return Set.of();
    }

    /** One line for the range of the network and that of its subnet, which is the same. */
    @Override
    public List<FieldChange> compare(ArmObject observed, State state) {
        List<String> now = ranges(observed);
        List<FieldChange> changes = super.compare(observed, state);
        if (now.contains(cidr)) {
            return changes;
        }
        List<FieldChange> inSpec =
                new ArrayList<>(List.of(FieldChange.fixed("network.cidr", String.join(", ", now), cidr)));
        changes.stream()
                .filter(change -> !change.refused() || change.field().equals("location"))
                .forEach(inSpec::add);
        return inSpec;
    }

    /** Its address ranges. */
    public static List<String> ranges(ArmObject network) {
        List<String> ranges = new ArrayList<>();
        network.json().at("/properties/addressSpace/addressPrefixes").forEach(range -> ranges.add(range.asText()));
        return ranges;
    }
}
