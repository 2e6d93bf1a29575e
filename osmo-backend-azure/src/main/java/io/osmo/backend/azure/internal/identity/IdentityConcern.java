// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.identity;

import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.ExistingResource;
import io.osmo.backend.azure.internal.group.ResourceGroup;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.Timing;
import io.osmo.backend.spi.provider.Concern;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Reader;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Identities, and the reading of all roles; each part makes the roles that it needs. */
public final class IdentityConcern implements Concern<AzureContext> {
    @Override
    public List<Needs> needs(Optional<BackendSpec> spec) {
        return List.of(UserIdentity.NEEDS, RoleAssignment.NEEDS);
    }

    @Override
    public List<Reader<AzureContext>> readers() {
        return List.of(IdentityReader.INSTANCE);
    }

    @Override
    public List<Resource<?>> wanted(AzureContext context, BackendSpec spec, Inventory inventory) {
        return UserIdentity.ALL.stream()
                .<Resource<?>>map(id -> new UserIdentity(context, id))
                .toList();
    }

    @Override
    public Optional<Deletable<?>> owned(AzureContext context, ResourceId id, Object observed) {
        if (UserIdentity.ALL.contains(id)) {
            return Optional.of(new UserIdentity(context, id));
        }
        if (!id.kind().equals(RoleAssignment.KIND)) {
            return Optional.empty();
        }
        // Depends on where it was found, because its scope can be an object of others.
        Set<ResourceId> after = RoleKind.of(RoleAssignment.kindOf(id))
                .map(RoleKind::after)
                .orElse(Set.of(ResourceGroup.ID, ResourceId.parse("aks-cluster/backend")));
        return Optional.of(new ExistingResource(
                context,
                id,
                ArmType.ROLE_ASSIGNMENT,
                ((ArmObject) observed).id(),
                after,
                Timing.seconds(1, 1, 1, 2, 15),
                "role " + id.name()));
    }
}
