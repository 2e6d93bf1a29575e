// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.identity;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.Found;
import io.osmo.backend.azure.internal.Standing;
import io.osmo.backend.azure.internal.Timings;
import io.osmo.backend.azure.internal.catalog.Reservations;
import io.osmo.backend.azure.internal.group.ResourceGroup;
import io.osmo.backend.azure.internal.network.NodeSubnet;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.provider.Reading;
import io.osmo.backend.spi.support.Concern;
import io.osmo.backend.spi.support.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Identities, and the reading of all roles; each part makes the roles that it needs. */
public final class IdentityConcern implements Concern<AzureContext> {
    @Override
    public List<Reader<AzureContext>> readers() {
        return List.of(IdentityConcern::read);
    }

    private static final String READ_ROLES = ArmType.ROLE_ASSIGNMENT.action("read");

    private static CompletableFuture<Reading> read(AzureContext azure, Optional<BackendSpec> spec) {
        List<CompletableFuture<Reading>> parts = new ArrayList<>();
        parts.add(azure.async(() -> identities(azure)));
        parts.add(azure.async(() -> roles(azure, list(azure, spec))));
        spec.ifPresent(s -> outside(azure, s)
                .forEach(id -> parts.add(azure.find(ArmType.ROLE_ASSIGNMENT, id)
                        .thenApply(found ->
                                roles(azure, found.map(ArmObject::json).stream().toList())))));
        return Reading.all(parts);
    }

    private static Reading identities(AzureContext azure) {
        Reading reading = Reading.empty();
        for (JsonNode json : azure.arm()
                .list(
                        ArmType.IDENTITY.action("read"),
                        azure.groupId() + "/providers/" + ArmType.IDENTITY.type(),
                        ArmType.IDENTITY.apiVersion())) {
            ArmObject object = ArmObject.of(json);
            for (ResourceId id : UserIdentity.ALL) {
                if (UserIdentity.armId(azure, id).equalsIgnoreCase(object.id())) {
                    reading = reading.and(Found.named(azure, id, Optional.of(object)));
                }
            }
        }
        return reading;
    }

    /**
     * With a spec, roles in the group are listed and those elsewhere read one by one; without one, nobody knows where else they
     * are, so all of the subscription are, if that is allowed.
     */
    private static List<JsonNode> list(AzureContext azure, Optional<BackendSpec> spec) {
        if (spec.isEmpty()) {
            try {
                return list(azure, azure.subscriptionId());
            } catch (CloudException e) {
                if (e.error() != CloudError.NOT_AUTHORISED) {
                    throw e;
                }
            }
        }
        return list(azure, azure.groupId());
    }

    private static List<JsonNode> list(AzureContext azure, String scope) {
        return azure.arm()
                .list(
                        READ_ROLES,
                        scope + "/providers/" + ArmType.ROLE_ASSIGNMENT.type(),
                        ArmType.ROLE_ASSIGNMENT.apiVersion());
    }

    private static Reading roles(AzureContext azure, List<JsonNode> assignments) {
        Reading reading = Reading.empty();
        for (JsonNode json : assignments) {
            ArmObject object = ArmObject.of(json);
            Optional<ResourceId> id = RoleAssignment.idOf(azure, object);
            if (id.isPresent()) {
                reading = reading.and(Found.ours(id.get(), object));
            }
        }
        return reading;
    }

    /** Ids of assignments whose scope is an existing object in another group. */
    private static List<String> outside(AzureContext azure, BackendSpec spec) {
        List<String> ids = new ArrayList<>();
        if (spec.network().existingId().isPresent()) {
            String subnet = NodeSubnet.of(azure, spec, Inventory.empty()).id();
            ids.add(RoleAssignment.armId(azure, RoleKind.CLUSTER_NETWORK.id(), subnet));
        }
        if (spec.encryption().existingKeyId().isPresent()) {
            String key = spec.encryption().existingKeyId().get();
            String vault = key.substring(0, Math.max(0, key.indexOf("/keys/")));
            ids.add(RoleAssignment.armId(azure, RoleKind.CLUSTER_KEYS.id(), vault));
            ids.add(RoleAssignment.armId(azure, RoleKind.DISKS_KEYS.id(), vault));
        }
        Reservations.scopes(spec)
                .forEach(scope -> ids.add(RoleAssignment.armId(azure, RoleAssignment.reservationId(scope), scope)));
        return ids;
    }

    @Override
    public List<Resource<?>> wanted(AzureContext azure, BackendSpec spec, Inventory inventory) {
        return UserIdentity.ALL.stream()
                .<Resource<?>>map(id -> new UserIdentity(azure, id))
                .toList();
    }

    @Override
    public Optional<Deletable<?>> owned(AzureContext azure, ResourceId id, Object observed) {
        if (UserIdentity.ALL.contains(id)) {
            return Optional.of(new UserIdentity(azure, id));
        }
        if (!id.kind().equals(RoleAssignment.KIND)) {
            return Optional.empty();
        }
        // By where it was found: its scope may be an object of somebody else.
        Set<ResourceId> after = RoleKind.of(id)
                .map(RoleKind::after)
                .orElse(Set.of(ResourceGroup.ID, ResourceId.parse("aks-cluster/backend")));
        return Optional.of(new Standing(
                azure,
                id,
                ArmType.ROLE_ASSIGNMENT,
                ((ArmObject) observed).id(),
                after,
                Timings.quick(),
                "role " + id.name()));
    }
}
