// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.azure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Resource groups, which take all that is in them along when they go. */
final class ResourceGroups extends ResourceType {
    ResourceGroups(AzureSubscription azure) {
        super(
                azure,
                ArmId.GROUPS,
                "2025-04-01",
                "2025-03-01",
                "2024-11-01",
                "2024-03-01",
                "2023-07-01",
                "2022-09-01",
                "2021-04-01");
    }

    @Override
    String names() {
        return "[-\\w._()]{0,89}[-\\w_()]";
    }

    @Override
    Duration deleteTime(Resource resource) {
        return azure.under(resource.id.text())
                .map(r -> r.type.deleteTime(r))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO)
                .plus(Durations.GROUP_DELETE);
    }

    @Override
    Duration retryAfter() {
        return Duration.ofSeconds(15);
    }

    @Override
    Set<PollingStyle> documentedPolling() {
        return Set.of(PollingStyle.LOCATION);
    }

    @Override
    ObjectNode accept(Write write) {
        write.body().remove("properties");
        if (write.existing() != null && write.existing().body.has("managedBy")) {
            write.body().set("managedBy", write.existing().body.path("managedBy"));
        }
        return write.body();
    }

    @Override
    ObjectNode patch(Resource resource, ObjectNode patch) {
        ObjectNode body = resource.body.deepCopy();
        if (patch.has("tags")) {
            body.set("tags", patch.path("tags"));
        }
        return body;
    }

    @Override
    void checkDelete(Resource resource, @Nullable String goingGroup) {
        String key = resource.id.key();
        azure.under(resource.id.text()).forEach(inner -> inner.type.checkDelete(inner, key));
    }

    @Override
    void show(Resource resource, ObjectNode view) {
        view.put("type", "Microsoft.Resources/resourceGroups");
    }

    @Override
    String line(Resource resource) {
        return "resourceGroup " + resource.name() + (resource.state.equals("Succeeded") ? "" : " " + resource.state);
    }

    /** All resources of the subscription or of a group, as the generic list shows them. */
    ArmReply resources(ArmRequest request, ArmId id) {
        ArrayNode value = Json.array();
        Predicate<Resource> wanted = Filters.resources(request.filter());
        azure.under(id.scope())
                .filter(r -> r.type.isTracked() && r.type != this && !r.id.isChild())
                .filter(wanted)
                .forEach(r -> {
                    ObjectNode item = value.addObject();
                    item.put("id", r.id.text()).put("name", r.name()).put("type", r.type.name);
                    for (String member : List.of("location", "tags", "sku", "kind", "managedBy", "zones")) {
                        if (r.body.has(member)) {
                            item.set(member, r.body.path(member));
                        }
                    }
                    if (request.query().getOrDefault("$expand", "").contains("provisioningState")) {
                        item.put("provisioningState", r.state);
                    }
                });
        ObjectNode body = Json.object();
        body.set("value", value);
        return ArmReply.ok(body);
    }
}
