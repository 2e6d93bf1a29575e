// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.managedidentity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.internal.azure.arm.ArmError;
import io.osmo.backend.testkit.internal.azure.arm.ArmId;
import io.osmo.backend.testkit.internal.azure.arm.AzureSubscription;
import io.osmo.backend.testkit.internal.azure.arm.Json;
import io.osmo.backend.testkit.internal.azure.arm.Resource;
import io.osmo.backend.testkit.internal.azure.arm.ResourceType;
import io.osmo.backend.testkit.internal.azure.arm.Traits;
import io.osmo.backend.testkit.internal.azure.arm.Write;
import io.osmo.backend.testkit.internal.azure.authorization.Principals;
import java.util.Optional;

/** User-assigned identities. Each has a principal from the start, which other services see only later. */
public final class UserAssignedIdentities extends ResourceType {
    private final Principals principals;

    UserAssignedIdentities(AzureSubscription azure, Principals principals) {
        super(
                azure,
                Traits.tracked("Microsoft.ManagedIdentity/userAssignedIdentities", "2024-11-30", "2023-01-31")
                        .names("[A-Za-z0-9][\\w-]{2,127}")
                        .withoutState());
        this.principals = principals;
    }

    /** Makes an identity as a service does that needs one of its own. */
    public Resource create(ArmId id, String location) {
        Resource identity = azure.put(id, this, Json.object().put("location", location));
        onEnd(identity, true);
        return identity;
    }

    public static String principal(Resource identity) {
        return identity.computed("principalId");
    }

    @Override
    protected ObjectNode accept(Write write) {
        return write.body();
    }

    @Override
    protected Optional<ArmError> onEnd(Resource identity, boolean creates) {
        if (creates) {
            identity.computed.put("principalId", principals.create()).put("clientId", azure.uuid());
        }
        return Optional.empty();
    }

    @Override
    protected ObjectNode patch(Resource identity, ObjectNode patch) {
        return retagged(identity, patch);
    }

    @Override
    protected void show(Resource identity, ObjectNode view) {
        ObjectNode properties = Json.at(view, "properties");
        properties.put("tenantId", AzureSubscription.TENANT);
        properties.setAll(identity.computed);
    }

    @Override
    protected void onDeleted(Resource identity) {
        principals.remove(principal(identity));
    }
}
