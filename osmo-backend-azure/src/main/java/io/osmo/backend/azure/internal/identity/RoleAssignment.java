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
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import io.osmo.backend.spi.provider.Names;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Ownership;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A role of a principal at a scope. It has no tags: its name is derived from what it is for, and its description says whose it
 * is. The role takes effect some time after it was assigned, which those feel that need it.
 */
public final class RoleAssignment extends ArmResource {
    static final String KIND = "role";

    /** What the calls below need. */
    public static final Needs NEEDS =
            ArmType.ROLE_ASSIGNMENT.needs(KIND).delete(ArmType.ROLE_ASSIGNMENT.action("delete"));

    private static final String ADMIN = "admin-";
    private static final String CALLER = "caller-";

    private final String definition;
    private final String principalType;
    private final Function<State, String> principal;

    private RoleAssignment(
            AzureContext context,
            ResourceId id,
            String scope,
            String definition,
            String principalType,
            Function<State, String> principal,
            Set<ResourceId> after) {
        super(
                context,
                id,
                ArmType.ROLE_ASSIGNMENT,
                armId(context, id, scope),
                after,
                Timing.seconds(1, 1, 1, 2, 15),
                "role " + id.name());
        this.definition = definition;
        this.principalType = principalType;
        this.principal = principal;
    }

    /** @param absent what is not in the graph because it exists already */
    public static RoleAssignment of(AzureContext context, RoleKind kind, String scope, Set<ResourceId> absent) {
        Set<ResourceId> after = new java.util.HashSet<>(kind.after());
        after.removeAll(absent);
        return new RoleAssignment(
                context,
                kind.id(),
                scope,
                kind.definition(),
                "ServicePrincipal",
                state -> principalOf(state.require(kind.principal(), ArmObject.class)),
                after);
    }

    /** Makes an administrator named in the spec an administrator of what is in the cluster. */
    public static RoleAssignment admin(AzureContext context, String objectId, String scope, Set<ResourceId> after) {
        return clusterAdmin(context, ResourceId.of(KIND, ADMIN + objectId), objectId, "", scope, after);
    }

    /** Makes whoever applies administrator of what is in the cluster. */
    public static RoleAssignment caller(
            AzureContext context, String objectId, String principalType, String scope, Set<ResourceId> after) {
        return clusterAdmin(context, ResourceId.of(KIND, CALLER + objectId), objectId, principalType, scope, after);
    }

    private static RoleAssignment clusterAdmin(
            AzureContext context,
            ResourceId id,
            String objectId,
            String principalType,
            String scope,
            Set<ResourceId> after) {
        return new RoleAssignment(context, id, scope, RoleKind.CLUSTER_ADMIN, principalType, state -> objectId, after);
    }

    /** Whoever has applied before, by object id with the type of principal. */
    public static Map<String, String> callers(Inventory inventory) {
        Map<String, String> callers = new TreeMap<>();
        inventory.observed().forEach((id, observed) -> {
            if (id.kind().equals(KIND) && id.name().startsWith(CALLER) && observed.value() instanceof ArmObject role) {
                callers.put(kindOf(id).name().substring(CALLER.length()), role.text("/properties/principalType"));
            }
        });
        return callers;
    }

    /** Whether an identity is an administrator because a spec named it. */
    public static boolean isNamedAdmin(String objectId, Inventory inventory) {
        return inventory.observed().containsKey(ResourceId.of(KIND, ADMIN + objectId));
    }

    /** Which of the roles is that for reservations in a resource group. */
    public static ResourceId reservationId(String scope) {
        return ResourceId.of(KIND, "reservations-" + Names.hash(8, scope));
    }

    /** Lets the cluster take machines of the capacity reservations in a resource group. */
    public static RoleAssignment reservation(AzureContext context, String scope) {
        return new RoleAssignment(
                context,
                reservationId(scope),
                scope,
                RoleKind.CONTRIBUTOR,
                "ServicePrincipal",
                state -> principalOf(state.require(UserIdentity.CLUSTER, ArmObject.class)),
                Set.of(ResourceGroup.ID, UserIdentity.CLUSTER));
    }

    private static String principalOf(ArmObject object) {
        return object.find("/properties/principalId")
                .or(() -> object.find("/identity/principalId"))
                .or(() -> object.find("/properties/aksAssignedIdentity/principalId"))
                .orElseThrow(() -> new java.util.NoSuchElementException(object.id() + " has no principal yet"));
    }

    /** The role of which this is an assignment; a reading gives further assignments of it a number. */
    static ResourceId kindOf(ResourceId id) {
        return ResourceId.of(KIND, id.name().replaceFirst("#.*", ""));
    }

    static String armId(AzureContext context, ResourceId id, String scope) {
        String name = Names.uuid(context.groupId(), context.name(), id.toString(), scope);
        return scope + "/providers/" + ArmType.ROLE_ASSIGNMENT.type() + "/" + name;
    }

    /** The description of the backend's assignments; it has the region, because a subscription lists those of all regions. */
    static String description(AzureContext context, ResourceId id) {
        return mark(context) + id;
    }

    private static String mark(AzureContext context) {
        return context.ownership().description() + " " + Ownership.RESOURCE + "=";
    }

    /** Which of this backend's an assignment is. */
    static Optional<ResourceId> idOf(AzureContext context, ArmObject assignment) {
        String description = assignment.text("/properties/description");
        String mark = mark(context);
        return description.startsWith(mark)
                ? Optional.of(ResourceId.parse(description.substring(mark.length())))
                : Optional.empty();
    }

    @Override
    protected ObjectNode body(State state) {
        ObjectNode body = Json.object(
                "properties",
                Json.object(
                        "roleDefinitionId",
                        context.subscriptionId() + "/providers/Microsoft.Authorization/roleDefinitions/" + definition,
                        "principalId",
                        principal.apply(state),
                        "description",
                        description(context, id())));
        if (!principalType.isEmpty()) {
            // Spares Azure the look into a directory that may not know a new principal yet.
            ((ObjectNode) body.get("properties")).put("principalType", principalType);
        }
        return body;
    }

    /** A principal that is recreated gets another id, and ARM changes no assignment. */
    @Override
    public List<FieldChange> compare(ArmObject observed, State state) {
        try {
            return super.compare(observed, state);
        } catch (NoSuchElementException notYet) {
            return List.of(FieldChange.replacing(
                    "principalId", observed.text("/properties/principalId"), "that of what is recreated"));
        }
    }

    @Override
    protected Set<String> replacing() {
        return Set.of("properties");
    }

    @Override
    protected boolean patchesTags() {
        return false;
    }
}
