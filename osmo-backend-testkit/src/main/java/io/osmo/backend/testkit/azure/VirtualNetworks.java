// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.azure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Virtual networks. Subnets may be given inside; what is not given then is removed, as ARM does. */
final class VirtualNetworks extends NetworkType {
    private final Subnets subnets;

    VirtualNetworks(AzureSubscription azure, Subnets subnets) {
        super(azure, "virtualNetworks", inUse("InUseVirtualNetworkCannotBeDeleted", "Virtual network"));
        this.subnets = subnets;
    }

    @Override
    String names() {
        return "[A-Za-z0-9]([\\w.-]{0,62}\\w)?";
    }

    /** A change of a subnet is one of its network: an operation on either forbids one on the other. */
    @Override
    Optional<Operation> blockedBy(ArmId id) {
        return azure.under(id.text())
                .filter(r -> r.is(subnets) && r.running != null)
                .map(r -> java.util.Objects.requireNonNull(r.running))
                .findFirst();
    }

    @Override
    ObjectNode accept(Write write) {
        ObjectNode properties = write.properties();
        List<String> prefixes = Json.strings(properties.at("/addressSpace/addressPrefixes"));
        if (prefixes.isEmpty()) {
            throw ArmError.badRequest(
                    "MissingRequiredParameter",
                    "Required parameter addressSpace for resource " + write.id().text() + " is missing.");
        }
        for (int i = 0; i < prefixes.size(); i++) {
            Cidr prefix = Cidr.of(prefixes.get(i));
            for (String other : prefixes.subList(0, i)) {
                if (prefix.overlaps(Cidr.of(other))) {
                    throw ArmError.badRequest(
                            "NetcfgInvalidVirtualNetworkAddressSpace",
                            "Address prefixes " + other + " and " + prefix + " overlap.");
                }
            }
        }
        List<Cidr> space = prefixes.stream().map(Cidr::of).toList();
        azure.under(write.id().text()).filter(r -> r.is(subnets)).forEach(subnet -> {
            Cidr range = Subnets.range(subnet);
            if (space.stream().noneMatch(p -> p.contains(range))) {
                throw ArmError.badRequest(
                        "InUsePrefixCannotBeDeleted",
                        "IpPrefix on Vnet " + write.id().text() + " is in use by Subnet " + subnet + " and cannot be"
                                + " deleted.");
            }
        });
        JsonNode inline = properties.remove("subnets");
        if (inline != null) {
            write.body().set("$subnets", inline);
        }
        return write.body();
    }

    @Override
    void begun(Resource resource, boolean creates) {
        JsonNode inline = resource.body.remove("$subnets");
        if (inline instanceof ArrayNode given) {
            Set<String> kept = new HashSet<>();
            given.forEach(subnet -> {
                ObjectNode body = Json.object();
                body.set("properties", subnet.path("properties").deepCopy());
                Json.at(body, "properties").remove("provisioningState");
                ArmId id = ArmId.of(
                        resource.id.text() + "/subnets/" + subnet.path("name").asText());
                kept.add(id.key());
                Resource existing = azure.find(id.text(), subnets).orElse(null);
                ObjectNode accepted = subnets.accept(new Write(id, body, existing));
                if (existing == null) {
                    azure.put(id, subnets, accepted);
                } else {
                    existing.body = accepted;
                }
            });
            azure.under(resource.id.text())
                    .filter(r -> r.is(subnets) && !kept.contains(r.id.key()))
                    .forEach(gone -> {
                        subnets.checkDelete(gone, null);
                        azure.remove(gone);
                    });
        }
    }

    @Override
    void checkDelete(Resource resource, @Nullable String goingGroup) {
        azure.under(resource.id.text())
                .filter(r -> r.is(subnets))
                .forEach(subnet -> subnets.checkDelete(subnet, goingGroup));
        super.checkDelete(resource, goingGroup);
    }

    @Override
    void show(Resource resource, ObjectNode view) {
        super.show(resource, view);
        ArrayNode list = Json.at(view, "properties").putArray("subnets");
        azure.under(resource.id.text()).filter(r -> r.is(subnets)).forEach(subnet -> {
            ObjectNode item = list.addObject();
            item.put("id", subnet.id.text()).put("name", subnet.name()).put("type", subnets.name);
            item.put("etag", "W/\"" + subnet.etag + "\"");
            item.set("properties", subnet.properties().deepCopy());
            subnets.show(subnet, item);
            Json.at(item, "properties").put("provisioningState", subnet.state);
        });
    }
}
