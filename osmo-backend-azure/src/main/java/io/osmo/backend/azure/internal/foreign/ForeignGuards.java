// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.foreign;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.cluster.AksCluster;
import io.osmo.backend.azure.internal.cluster.ClusterConcern;
import io.osmo.backend.azure.internal.foreign.ForeignObjects.ForeignObject;
import io.osmo.backend.azure.internal.group.ResourceGroup;
import io.osmo.backend.azure.internal.network.NetworkConcern;
import io.osmo.backend.azure.internal.network.VirtualNetwork;
import io.osmo.backend.azure.internal.pool.PoolNames;
import io.osmo.backend.resource.Guard;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Inventory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Objects of others that would be deleted with a resource of the backend, or that would block its deletion half-way. Pure. */
final class ForeignGuards {
    private ForeignGuards() {}

    static List<Guard> of(AzureContext context, Inventory inventory, Set<ResourceId> removed) {
        List<ForeignObject> found = new ArrayList<>();
        inventory.attachment(ForeignObjects.class).ifPresent(read -> found.addAll(read.all()));
        inventory.find(AksCluster.ID, ArmObject.class).ifPresent(cluster -> found.addAll(pools(context, cluster)));
        List<String> nodes = new ArrayList<>();
        ClusterConcern.nodeGroupId(context, inventory)
                .ifPresent(group -> nodes.addAll(List.of(prefix(group), prefix(context.clusterId()))));
        inventory
                .find(VirtualNetwork.ID, ArmObject.class)
                .ifPresent(network -> found.addAll(inNetwork(network, nodes)));
        return found.stream()
                .filter(object -> removed.contains(object.inside()))
                .map(object -> new Guard(
                        object.id(),
                        "is " + object.what() + " in " + object.inside() + " and not of this backend",
                        remedy(context, object)))
                .distinct()
                .toList();
    }

    /** The backend's own objects in its group are identified by tags; a user who follows the remedy must not delete one. */
    private static String remedy(AzureContext context, ForeignObject object) {
        return object.inside().equals(ResourceGroup.ID)
                ? "If it is the backend's and has lost its tags, give them back, then plan again: az tag update"
                        + " --operation Merge --resource-id " + object.id() + " --tags "
                        + context.ownership().assignments(" ") + ". If not, move or delete it first."
                : "Move or delete it first.";
    }

    private static List<ForeignObject> pools(AzureContext context, ArmObject cluster) {
        List<ForeignObject> foreign = new ArrayList<>();
        for (JsonNode pool : cluster.json().at("/properties/agentPoolProfiles")) {
            String name = pool.path("name").asText();
            if (PoolNames.systemGeneration(name).isEmpty()
                    && !context.ownership().owns(ArmObject.of(pool).tags())) {
                foreign.add(new ForeignObject(AksCluster.ID, cluster.id() + "/agentPools/" + name, "an agent pool"));
            }
        }
        return foreign;
    }

    /**
     * Subnets other than the backend's, and network interfaces in the backend's subnet that do not belong to its nodes.
     *
     * @param nodes where the interfaces of the backend's nodes are; empty if there is no cluster to read that from
     */
    private static List<ForeignObject> inNetwork(ArmObject network, List<String> nodes) {
        List<ForeignObject> foreign = new ArrayList<>();
        for (JsonNode subnet : network.json().at("/properties/subnets")) {
            if (!NetworkConcern.isOurs(subnet)) {
                foreign.add(
                        new ForeignObject(VirtualNetwork.ID, subnet.path("id").asText(), "a subnet"));
                continue;
            }
            for (JsonNode user : subnet.at("/properties/ipConfigurations")) {
                String id = user.path("id").asText();
                if (!nodes.isEmpty() && nodes.stream().noneMatch(prefix(id)::startsWith)) {
                    foreign.add(new ForeignObject(VirtualNetwork.ID, id, "a network interface"));
                }
            }
        }
        return foreign;
    }

    private static String prefix(String id) {
        return id.toLowerCase(Locale.ROOT) + "/";
    }
}
