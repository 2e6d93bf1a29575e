// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.identity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.ArmResource;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.Json;
import io.osmo.backend.azure.internal.group.ResourceGroup;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import io.osmo.backend.spi.provider.Needs;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A user-assigned managed identity: known before what uses it, so that its roles can be there first. */
public final class UserIdentity extends ArmResource {
    private static final String KIND = "identity";

    /** What the calls below need. */
    public static final Needs NEEDS = ArmType.IDENTITY.needs(KIND).destroy(ArmType.IDENTITY.action("delete"));

    private static final String PRINCIPAL = "identity.principalId";

    /** The control plane's. */
    public static final ResourceId CLUSTER = ResourceId.of(KIND, "cluster");

    /** That by which disks reach their key. */
    public static final ResourceId DISKS = ResourceId.of(KIND, "disks");

    /** All there are. */
    static final List<ResourceId> ALL = List.of(CLUSTER, DISKS);

    UserIdentity(AzureContext context, ResourceId id) {
        super(
                context,
                id,
                ArmType.IDENTITY,
                armId(context, id),
                Set.of(ResourceGroup.ID),
                Timing.seconds(1, 1, 1, 2, 15),
                "managed identity of the " + id.name());
    }

    public static String armId(AzureContext context, ResourceId id) {
        return context.id(ArmType.IDENTITY, context.name() + "-" + id.name());
    }

    /**
     * How the identity assigned to a resource differs from the one that exists now. An identity that was recreated with the same name is
     * another principal, and the resource keeps acting as the old one until the identity is assigned again.
     */
    public static Optional<FieldChange> reassigned(
            AzureContext context, ResourceId identity, ArmObject observed, State state) {
        Optional<String> held = principal(observed, armId(context, identity));
        String now = state.find(identity, ArmObject.class)
                .map(found -> found.text("/properties/principalId"))
                .orElse("that of what is recreated");
        return held.filter(principal -> !now.isEmpty() && !principal.equalsIgnoreCase(now))
                .map(principal -> FieldChange.inPlace(PRINCIPAL, principal, now));
    }

    private static Optional<String> principal(ArmObject observed, String id) {
        for (var assigned :
                observed.json().at("/identity/userAssignedIdentities").properties()) {
            if (assigned.getKey().equalsIgnoreCase(id)) {
                return Optional.of(assigned.getValue().path("principalId").asText(""))
                        .filter(principal -> !principal.isEmpty());
            }
        }
        return Optional.empty();
    }

    @Override
    protected ObjectNode body(State state) {
        return Json.object(
                "location", context.region(), "tags", context.ownership().tags(id()));
    }
}
