// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.azure.ArmRequest;
import io.osmo.backend.testkit.azure.PollingStyle;
import io.osmo.backend.testkit.internal.azure.arm.ArmId;
import io.osmo.backend.testkit.internal.azure.arm.ArmReply;
import io.osmo.backend.testkit.internal.azure.arm.AzureSubscription;
import io.osmo.backend.testkit.internal.azure.arm.Filters;
import io.osmo.backend.testkit.internal.azure.arm.Json;
import io.osmo.backend.testkit.internal.azure.arm.Resource;
import io.osmo.backend.testkit.internal.azure.arm.ResourceType;
import io.osmo.backend.testkit.internal.azure.arm.Traits;
import io.osmo.backend.testkit.internal.azure.arm.Write;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Resource groups, which are deleted with everything in them. */
public final class ResourceGroups extends ResourceType {
    /** How long deleting a group takes in addition to its resources. */
    private static final Duration DELETE = Duration.ofSeconds(30);

    ResourceGroups(AzureSubscription azure) {
        super(
                azure,
                Traits.tracked(
                                ArmId.GROUPS,
                                "2025-04-01",
                                "2025-03-01",
                                "2024-11-01",
                                "2024-03-01",
                                "2023-07-01",
                                "2022-09-01",
                                "2021-04-01")
                        .names("[-\\w._()]{0,89}[-\\w_()]")
                        .retryAfter(Duration.ofSeconds(15))
                        .polling(PollingStyle.LOCATION));
    }

    /** Makes an empty group, as another user of the subscription does. */
    public void create(String name, String location) {
        azure.put(ArmId.of(azure.groupId(name)), this, Json.object().put("location", location));
    }

    @Override
    public Duration deleteTime(Resource group) {
        return azure.under(group.id.text())
                .map(resource -> resource.type.deleteTime(resource))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO)
                .plus(DELETE);
    }

    @Override
    protected ObjectNode accept(Write write) {
        write.body().remove("properties");
        if (write.existing() != null && write.existing().body.has("managedBy")) {
            write.body().set("managedBy", write.existing().body.path("managedBy"));
        }
        return write.body();
    }

    @Override
    protected ObjectNode patch(Resource group, ObjectNode patch) {
        return retagged(group, patch);
    }

    @Override
    public void checkDelete(Resource group, @Nullable String deletedGroup) {
        azure.under(group.id.text()).forEach(resource -> resource.type.checkDelete(resource, group.key));
    }

    @Override
    public String line(Resource group) {
        return "resourceGroup " + group.name() + state(group);
    }

    @Override
    protected Stream<Resource> listed(ArmRequest request, ArmId id) {
        return super.listed(request, id).filter(Filters.resources(request.query("$filter")));
    }

    /** All resources of the subscription or of a group, as the generic list shows them. */
    ArmReply resources(ArmRequest request, ArmId id) {
        boolean states = request.query("$expand").contains("provisioningState");
        return ArmReply.values(azure.under(id.scope())
                .filter(resource -> resource.type.isTracked() && !resource.is(this) && !resource.id.isChild())
                .filter(Filters.resources(request.query("$filter")))
                .map(resource -> item(resource, states)));
    }

    private static ObjectNode item(Resource resource, boolean states) {
        ObjectNode item = Json.object();
        item.put("id", resource.id.text()).put("name", resource.name()).put("type", resource.type.name());
        for (String member : List.of("location", "tags", "sku", "kind", "managedBy", "zones")) {
            if (resource.body.has(member)) {
                item.set(member, resource.body.path(member));
            }
        }
        if (states) {
            item.put("provisioningState", resource.state);
        }
        return item;
    }
}
