// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.network;

import com.fasterxml.jackson.databind.JsonNode;
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
import org.jspecify.annotations.Nullable;

/** Virtual networks. A request may contain the subnets; then ARM removes those that it omits. */
public final class VirtualNetworks extends NetworkType {
    /** Holds subnets of a request between its acceptance and its start. */
    private static final String REQUESTED = "$subnets";

    /** Name of the quota of networks in a region. */
    public static final String QUOTA = "VirtualNetworks";

    static final int DEFAULT_QUOTA = 1000;

    private final Subnets subnets;

    VirtualNetworks(AzureSubscription azure, Subnets subnets) {
        super(
                azure,
                tracked("virtualNetworks").names("[A-Za-z0-9]([\\w.-]{0,62}\\w)?"),
                inUse("InUseVirtualNetworkCannotBeDeleted", "Virtual network"));
        this.subnets = subnets;
    }

    int used(String region) {
        return (int) all().filter(network -> network.location().equals(region)).count();
    }

    private Stream<Resource> subnets(ArmId network) {
        return azure.under(network.text()).filter(resource -> resource.is(subnets));
    }

    /** Operations on a network and on its subnets exclude each other. */
    @Override
    protected Optional<Operation> blockedBy(ArmId id) {
        return subnets(id).flatMap(subnet -> Stream.ofNullable(subnet.running)).findFirst();
    }

    @Override
    protected ObjectNode accept(Write write) {
        List<IpRange> space = Json.strings(write.properties().at("/addressSpace/addressPrefixes")).stream()
                .map(Cidrs::range)
                .toList();
        if (space.isEmpty()) {
            throw ArmError.badRequest(
                    "MissingRequiredParameter",
                    "Required parameter addressSpace for resource " + write.id().text() + " is missing.");
        }
        checkOverlaps(space);
        int limit = azure.quota(QUOTA, DEFAULT_QUOTA);
        if (write.creates() && used(write.body().path("location").asText()) >= limit) {
            throw ArmError.badRequest(
                    "VnetCountLimitReached",
                    "Cannot create more than " + limit + " virtual networks for this subscription in this region.");
        }
        subnets(write.id()).forEach(subnet -> {
            IpRange range = Subnets.range(subnet);
            if (space.stream().noneMatch(prefix -> prefix.contains(range))) {
                throw ArmError.badRequest(
                        "InUsePrefixCannotBeDeleted",
                        "IpPrefix on Vnet " + write.id().text() + " is in use by Subnet " + subnet + " and cannot be"
                                + " deleted.");
            }
        });
        JsonNode requested = write.properties().remove("subnets");
        if (requested != null) {
            write.body().set(REQUESTED, requested);
        }
        return write.body();
    }

    private static void checkOverlaps(List<IpRange> space) {
        for (int i = 0; i < space.size(); i++) {
            for (IpRange other : space.subList(0, i)) {
                if (space.get(i).overlaps(other)) {
                    throw ArmError.badRequest(
                            "NetcfgInvalidVirtualNetworkAddressSpace",
                            "Address prefixes " + other + " and " + space.get(i) + " overlap.");
                }
            }
        }
    }

    @Override
    protected void onStart(Resource network, boolean creates) {
        if (network.body.remove(REQUESTED) instanceof ArrayNode requested) {
            Set<String> kept = new HashSet<>();
            requested.forEach(subnet -> kept.add(put(network, subnet)));
            subnets(network.id).filter(subnet -> !kept.contains(subnet.key)).forEach(subnet -> {
                subnets.checkDelete(subnet, null);
                azure.remove(subnet);
            });
        }
    }

    /** Creates or changes a subnet that the request contains, and returns its key. */
    private String put(Resource network, JsonNode subnet) {
        ObjectNode body = Json.object();
        body.set("properties", subnet.path("properties").deepCopy());
        Json.at(body, "properties").remove("provisioningState");
        ArmId id = network.id.child("subnets", subnet.path("name").asText());
        Resource existing = subnets.find(id.text()).orElse(null);
        ObjectNode accepted = subnets.accept(new Write(id, body, existing));
        if (existing == null) {
            azure.put(id, subnets, accepted);
        } else {
            existing.body = accepted;
        }
        return id.key();
    }

    @Override
    public void checkDelete(Resource network, @Nullable String group) {
        subnets(network.id).forEach(subnet -> subnets.checkDelete(subnet, group));
        super.checkDelete(network, group);
    }

    @Override
    protected void show(Resource network, ObjectNode view) {
        super.show(network, view);
        ArrayNode list = Json.at(view, "properties").putArray("subnets");
        subnets(network.id).map(Resource::view).forEach(list::add);
    }
}
