// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.cluster;

import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.error.Violation;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Reads, before there is a cluster, whether a resource group has the name of the one that AKS makes for nodes: AKS takes no existing one.
 *
 * @see <a href="https://learn.microsoft.com/azure/aks/faq#can-i-provide-my-own-name-for-the-aks-node-resource-group-">AKS: node resource
 *     group</a>
 */
final class NodeGroupReader implements Reader<AzureContext> {
    static final NodeGroupReader INSTANCE = new NodeGroupReader();

    private NodeGroupReader() {}

    /** A group that conflicts with the node resource group. */
    private record Taken(String group) {}

    @Override
    public Needs needs(Optional<BackendSpec> spec) {
        return Needs.reading(ArmType.RESOURCE_GROUP.action("read"));
    }

    @Override
    public CompletableFuture<Reading> read(Observation<AzureContext> observation) {
        AzureContext context = observation.context();
        if (observation.spec().isEmpty()) {
            return CompletableFuture.completedFuture(Reading.empty());
        }
        String group = AksCluster.nodeGroup(context);
        return observation
                .of(ClusterReader.INSTANCE)
                .thenCompose(found -> found.observed().containsKey(AksCluster.ID)
                        ? CompletableFuture.completedFuture(Reading.empty())
                        : context.find(ArmType.RESOURCE_GROUP, context.subscriptionId() + "/resourceGroups/" + group)
                                .thenApply(
                                        taken -> taken.map(there -> Reading.attachment(Taken.class, new Taken(group)))
                                                .orElseGet(Reading::empty)));
    }

    static Optional<Violation> check(Inventory inventory) {
        return inventory
                .attachment(Taken.class)
                .map(taken -> new Violation(
                        "settings.nodeResourceGroup",
                        Optional.empty(),
                        taken.group() + ", which exists",
                        "the name of a resource group that does not exist: AKS creates it with the cluster",
                        "Set settings.nodeResourceGroup to another name, or delete the group if nothing uses it."));
    }
}
