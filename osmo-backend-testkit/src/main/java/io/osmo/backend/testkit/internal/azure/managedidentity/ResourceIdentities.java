// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.managedidentity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.internal.azure.arm.AzureSubscription;
import io.osmo.backend.testkit.internal.azure.arm.Json;
import io.osmo.backend.testkit.internal.azure.arm.Resource;
import io.osmo.backend.testkit.internal.azure.authorization.Principals;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The member {@code identity} of resources: system-assigned or user-assigned identities. */
public final class ResourceIdentities {
    private static final String ASSIGNED = "assignedIdentities";

    private final UserAssignedIdentities userAssigned;
    private final Principals principals;

    ResourceIdentities(UserAssignedIdentities userAssigned, Principals principals) {
        this.userAssigned = userAssigned;
        this.principals = principals;
    }

    /** Ids of the user-assigned identities in a body. */
    public static List<String> userAssigned(ObjectNode body) {
        List<String> ids = new ArrayList<>();
        body.at("/identity/userAssignedIdentities").fieldNames().forEachRemaining(ids::add);
        return ids;
    }

    /** Principal of the first user-assigned identity in a body; empty if the identity does not exist. */
    public Optional<String> principal(ObjectNode body) {
        return userAssigned(body).stream()
                .findFirst()
                .flatMap(userAssigned::find)
                .map(UserAssignedIdentities::principal);
    }

    /** Principal that acts for a resource; empty if it has none. */
    public String principal(Resource resource) {
        return principal(resource.body).orElse(systemAssigned(resource));
    }

    /** Principal of a resource's own identity; empty if it has none. */
    public static String systemAssigned(Resource resource) {
        return resource.computed("principalId");
    }

    /**
     * Assigns the identities in its body to a resource: creates its system-assigned one if requested, and looks the others up. Until the
     * next request, the resource keeps acting as these principals, even if an identity is deleted and recreated.
     */
    public void assign(Resource resource) {
        ObjectNode assigned = Json.object();
        userAssigned(resource.body)
                .forEach(id -> userAssigned.find(id).ifPresent(found -> assigned.set(id, found.computed.deepCopy())));
        resource.computed.set(ASSIGNED, assigned);
        if (resource.body.at("/identity/type").asText().contains("SystemAssigned")
                && systemAssigned(resource).isEmpty()) {
            create(resource);
        }
    }

    /** Creates the resource's own identity. */
    public void create(Resource resource) {
        resource.computed.put("principalId", principals.create());
    }

    /** Adds principals to the view of a resource. */
    public void show(Resource resource, ObjectNode view) {
        if (!(view.path("identity") instanceof ObjectNode identity)) {
            return;
        }
        if (!systemAssigned(resource).isEmpty()) {
            identity.put("principalId", systemAssigned(resource)).put("tenantId", AzureSubscription.TENANT);
        }
        if (identity.path("userAssignedIdentities") instanceof ObjectNode assigned) {
            for (String id : userAssigned(view)) {
                if (resource.computed.path(ASSIGNED).path(id) instanceof ObjectNode shown) {
                    assigned.set(id, shown.deepCopy());
                }
            }
        }
    }
}
