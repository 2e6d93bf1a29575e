// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.group;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.ArmResource;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.Json;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import io.osmo.backend.spi.provider.Needs;
import java.util.List;
import java.util.Set;

/** The resource group of a backend. Deleting a group deletes all that is in it, so only an empty one is ever deleted. */
public final class ResourceGroup extends ArmResource {
    public static final ResourceId ID = ResourceId.of("resource-group", "backend");

    /** What the calls below need. */
    public static final Needs NEEDS = ArmType.RESOURCE_GROUP
            .needs(ID.kind())
            .destroy(ArmType.RESOURCE_GROUP.action("delete"), ArmType.RESOURCE_GROUP.action("resources/read"));

    ResourceGroup(AzureContext context, Set<ResourceId> after) {
        super(
                context,
                ID,
                ArmType.RESOURCE_GROUP,
                context.groupId(),
                after,
                Timing.seconds(1, 1, 30, 5, 30),
                "resource group " + context.group());
    }

    @Override
    protected ObjectNode body(State state) {
        return Json.object(
                "location", context.region(), "tags", context.ownership().tags(ID));
    }

    @Override
    protected Set<String> replacing() {
        return Set.of();
    }

    @Override
    protected Set<String> impossible() {
        return Set.of("location");
    }

    @Override
    public void delete(ArmObject observed, State state) {
        List<String> inside = context
                .arm()
                .list(
                        "Microsoft.Resources/subscriptions/resourceGroups/resources/read",
                        armId + "/resources",
                        apiVersion())
                .stream()
                .map(ResourceGroup::label)
                .sorted()
                .toList();
        if (!inside.isEmpty()) {
            throw CloudException.builder(CloudError.DEPENDENCY_VIOLATION, ArmType.RESOURCE_GROUP.action("delete"))
                    .code("ResourceGroupHoldsForeignResources")
                    .message("resource group " + context.group() + " still holds objects that are not this backend's: "
                            + inside)
                    .remedy("Move or delete these, then destroy again; the group is deleted only when it is empty.")
                    .build();
        }
        super.delete(observed, state);
    }

    private String apiVersion() {
        return armType.apiVersion();
    }

    private static String label(JsonNode resource) {
        return resource.path("type").asText() + "/" + resource.path("name").asText();
    }
}
