// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.azure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Optional;

/** User-assigned identities. Their principal is there at once, but others learn of it later. */
final class Identities extends ResourceType {
    private final RoleAssignments roles;

    Identities(AzureSubscription azure, RoleAssignments roles) {
        super(azure, "Microsoft.ManagedIdentity/userAssignedIdentities", "2024-11-30", "2023-01-31");
        this.roles = roles;
    }

    @Override
    String names() {
        return "[A-Za-z0-9][\\w-]{2,127}";
    }

    @Override
    boolean showsState() {
        return false;
    }

    @Override
    ObjectNode accept(Write write) {
        return write.body();
    }

    @Override
    Optional<ArmError> complete(Resource identity, boolean creates) {
        if (creates) {
            identity.actual.put("principalId", azure.uuid()).put("clientId", azure.uuid());
            roles.newPrincipal(principal(identity));
        }
        return Optional.empty();
    }

    @Override
    ObjectNode patch(Resource identity, ObjectNode patch) {
        ObjectNode body = identity.body.deepCopy();
        if (patch.has("tags")) {
            body.set("tags", patch.path("tags"));
        }
        return body;
    }

    @Override
    void show(Resource identity, ObjectNode view) {
        ObjectNode properties = Json.at(view, "properties");
        properties.put("tenantId", azure.tenant);
        properties.setAll(identity.actual);
    }

    @Override
    void deleted(Resource identity) {
        roles.forgetPrincipal(principal(identity));
    }

    static String principal(Resource identity) {
        return identity.actual.path("principalId").asText();
    }

    /** Principal of the first user-assigned identity of a body. */
    Optional<String> assigned(ObjectNode body) {
        Iterator<String> assigned = body.at("/identity/userAssignedIdentities").fieldNames();
        return assigned.hasNext() ? azure.find(assigned.next(), this).map(Identities::principal) : Optional.empty();
    }
}
