// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.Home;
import io.osmo.backend.azure.internal.Tags;
import io.osmo.backend.spec.BackendRef;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Finds backends, and where they live, by the tags of their groups and of what is in groups that are not ours. */
final class BackendList {
    private BackendList() {}

    static CompletableFuture<List<BackendRef>> read(AzureContext azure) {
        CompletableFuture<List<JsonNode>> groups = list(azure, "resourcegroups", Tags.MANAGED_BY, Tags.MANAGER);
        CompletableFuture<List<JsonNode>> resources = list(azure, "resources", Tags.MANAGED_BY, Tags.MANAGER);
        return groups.thenCombine(
                resources,
                (a, b) -> Stream.concat(a.stream(), b.stream())
                        .map(ArmObject::of)
                        .filter(o -> region(o.text("/location")).equals(azure.region()))
                        .flatMap(o -> Stream.ofNullable(o.tags().get(Tags.BACKEND)))
                        .distinct()
                        .sorted()
                        .map(name -> new BackendRef(AzureProvider.ID, azure.region(), name))
                        .toList());
    }

    /** The group in which a backend of this name lives: ours, unless something of it is found in another one. */
    static CompletableFuture<Home> home(AzureContext azure) {
        return list(azure, "resources", Tags.BACKEND, azure.name())
                .thenApply(found -> found.stream()
                        .map(ArmObject::of)
                        .filter(o -> azure.tags().owns(o.tags())
                                && region(o.text("/location")).equals(azure.region()))
                        .flatMap(o -> groupOf(o.id()).stream())
                        .filter(group -> !group.toLowerCase(Locale.ROOT).startsWith("mc_"))
                        .findFirst()
                        .map(Home::new)
                        .orElseGet(() -> new Home(azure.group())));
    }

    private static Optional<String> groupOf(String id) {
        String[] parts = id.split("/", -1);
        return parts.length > 4 ? Optional.of(parts[4]) : Optional.empty();
    }

    private static CompletableFuture<List<JsonNode>> list(
            AzureContext azure, String collection, String tag, String value) {
        String filter = "$filter=tagName%20eq%20'" + tag + "'%20and%20tagValue%20eq%20'" + value + "'";
        return azure.async(() -> azure.arm()
                .list(
                        "Microsoft.Resources/subscriptions/" + collection + "/read",
                        azure.subscriptionId() + "/" + collection + "?" + filter,
                        ArmType.RESOURCE_GROUP.apiVersion()));
    }

    private static String region(String location) {
        return location.replace(" ", "").toLowerCase(Locale.ROOT);
    }
}
