// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.session;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.azure.AzureProvider;
import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.GroupName;
import io.osmo.backend.azure.internal.cluster.AksCluster;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spi.provider.Futures;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Ownership;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/** Finds backends and their resource groups by the tags of the groups, and of objects in groups that no backend owns. */
final class BackendList {
    /** What the calls below need. */
    static final Needs NEEDS =
            Needs.reading(ArmType.RESOURCE_GROUP.action("read"), "Microsoft.Resources/subscriptions/resources/read");

    private BackendList() {}

    static CompletableFuture<List<BackendRef>> read(AzureContext context) {
        CompletableFuture<List<JsonNode>> groups =
                list(context, "resourcegroups", Ownership.MANAGED_BY, Ownership.MANAGER);
        CompletableFuture<List<JsonNode>> resources =
                list(context, "resources", Ownership.MANAGED_BY, Ownership.MANAGER);
        return groups.thenCombine(
                resources,
                (a, b) -> Stream.concat(a.stream(), b.stream())
                        .map(ArmObject::of)
                        .filter(o -> context.region().equals(o.tags().get(Ownership.REGION)))
                        .flatMap(o -> Stream.ofNullable(o.tags().get(Ownership.BACKEND)))
                        .distinct()
                        .sorted()
                        .map(name -> new BackendRef(AzureProvider.ID, context.region(), name))
                        .toList());
    }

    /** The resource group of the backend with this name: its own group, unless one of its objects is found in another one. */
    static CompletableFuture<GroupName> group(AzureContext context) {
        return list(context, "resources", Ownership.BACKEND, context.name())
                .thenApply(found -> found.stream()
                        .map(ArmObject::of)
                        .filter(o -> context.ownership().owns(o.tags()) && !isOfNodes(o))
                        .flatMap(o -> groupOf(o.id()).stream())
                        .findFirst()
                        .map(GroupName::new)
                        .orElseGet(() -> new GroupName(context.group())));
    }

    /** A group other than the one of the context that holds something of the backend, as far as the caller may see it. */
    static CompletableFuture<Optional<GroupName>> otherGroup(AzureContext context) {
        return list(context, "resources", Ownership.BACKEND, context.name())
                .exceptionally(failure -> {
                    if (Futures.cause(failure) instanceof CloudException refused
                            && refused.error() == CloudError.NOT_AUTHORIZED) {
                        return List.of();
                    }
                    throw new CompletionException(Futures.cause(failure));
                })
                .thenApply(found -> found.stream()
                        .map(ArmObject::of)
                        .filter(o -> context.ownership().owns(o.tags()) && !isOfNodes(o))
                        .flatMap(o -> groupOf(o.id()).stream())
                        .filter(group -> !group.equalsIgnoreCase(context.group()))
                        .sorted()
                        .findFirst()
                        .map(GroupName::new));
    }

    private static Optional<String> groupOf(String id) {
        String[] parts = id.split("/", -1);
        return parts.length > 4 ? Optional.of(parts[4]) : Optional.empty();
    }

    private static CompletableFuture<List<JsonNode>> list(
            AzureContext context, String collection, String tag, String value) {
        String filter = "$filter=tagName%20eq%20'" + tag + "'%20and%20tagValue%20eq%20'" + value + "'";
        return context.async(() -> context.arm()
                .list(
                        collection.equals("resources")
                                ? "Microsoft.Resources/subscriptions/resources/read"
                                : ArmType.RESOURCE_GROUP.action("read"),
                        context.subscriptionId() + "/" + collection + "?" + filter,
                        ArmType.RESOURCE_GROUP.apiVersion()));
    }

    /** AKS puts the tags of the cluster and of its pools on what it makes in the group of the nodes, which may have any name. */
    private static boolean isOfNodes(ArmObject object) {
        String resource = object.tags().getOrDefault(Ownership.RESOURCE, "");
        boolean copied = resource.startsWith(AksCluster.ID.kind() + "/") || resource.startsWith("agent-pool/");
        return copied && !object.text("/type").equalsIgnoreCase(ArmType.CLUSTER.type());
    }
}
