// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.ExistingResource;
import io.osmo.backend.azure.internal.encryption.DiskEncryptionSet;
import io.osmo.backend.azure.internal.group.ResourceGroup;
import io.osmo.backend.azure.internal.network.VirtualNetwork;
import io.osmo.backend.resource.Leftover;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import io.osmo.backend.spi.provider.Needs;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The group that AKS makes for nodes, disks of claims and load balancers of services. AKS deletes it with the cluster; what
 * came into it meanwhile, or a lock, can make it stay. Told from others by {@code managedBy}, which names the cluster, so that a
 * group of the same name that is not AKS's is never touched.
 */
public final class NodeResourceGroup extends ExistingResource {
    public static final ResourceId ID = ResourceId.of("node-resource-group", "backend");

    /** What the calls below need. */
    public static final Needs NEEDS = ArmType.RESOURCE_GROUP
            .needs(ID.kind())
            .removal()
            .destroy(ArmType.RESOURCE_GROUP.action("read"), ArmType.RESOURCE_GROUP.action("delete"));

    public NodeResourceGroup(AzureContext context) {
        super(
                context,
                ID,
                ArmType.RESOURCE_GROUP,
                "",
                // Network cards and disks in it hold the network and the encryption set.
                Set.of(ResourceGroup.ID, VirtualNetwork.ID, DiskEncryptionSet.ID),
                Timing.seconds(1, 1, 1, 10, 60),
                "resource group that AKS made for the nodes, if it is still there");
    }

    /** Looks among all groups, since the name of the group may not be known any more. */
    @Override
    public Optional<ArmObject> read(State state) {
        return find(context)
                .map(group ->
                        context.arm().read(ArmType.RESOURCE_GROUP, group.id()).orElse(group));
    }

    @Override
    public void delete(ArmObject observed, State state) {
        context.arm().delete(ArmType.RESOURCE_GROUP, observed.id(), "");
    }

    private static Optional<ArmObject> find(AzureContext context) {
        for (JsonNode group : context.arm()
                .list(
                        ArmType.RESOURCE_GROUP.action("read"),
                        context.subscriptionId() + "/resourcegroups",
                        ArmType.RESOURCE_GROUP.apiVersion())) {
            if (group.path("managedBy").asText("").equalsIgnoreCase(context.clusterId())) {
                return Optional.of(ArmObject.of(group));
            }
        }
        return Optional.empty();
    }

    /** What is left of it. */
    public static CompletableFuture<List<Leftover>> leftovers(AzureContext context) {
        return context.async(() -> find(context)
                .map(group ->
                        new Leftover(ID.kind(), group.name(), "still exists, managed by the deleted cluster", true))
                .stream()
                .toList());
    }
}
