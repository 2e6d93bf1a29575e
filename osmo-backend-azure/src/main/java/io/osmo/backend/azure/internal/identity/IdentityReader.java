// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.identity;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.Found;
import io.osmo.backend.azure.internal.catalog.Reservations;
import io.osmo.backend.azure.internal.network.NodeSubnet;
import io.osmo.backend.azure.internal.network.PrivateZone;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Reads the identities of the group, and all roles of the backend. */
final class IdentityReader implements Reader<AzureContext> {
    static final IdentityReader INSTANCE = new IdentityReader();

    private static final Set<ResourceId> KEYS = Set.of(RoleKind.CLUSTER_KEYS.id(), RoleKind.DISKS_KEYS.id());

    private static final String READ_ROLES = ArmType.ROLE_ASSIGNMENT.action("read");

    private IdentityReader() {}

    @Override
    public Needs needs(Optional<BackendSpec> spec) {
        return Needs.reading(ArmType.IDENTITY.action("read"), ArmType.ROLE_ASSIGNMENT.action("read"));
    }

    @Override
    public CompletableFuture<Reading> read(Observation<AzureContext> observation) {
        AzureContext context = observation.context();
        Optional<BackendSpec> spec = observation.spec();
        List<CompletableFuture<Reading>> parts = new ArrayList<>();
        parts.add(context.async(() -> identities(context)));
        parts.add(context.async(() -> roles(context, spec, list(context, spec))));
        spec.ifPresent(s -> outside(context, s)
                .forEach(id -> parts.add(context.find(ArmType.ROLE_ASSIGNMENT, id)
                        .thenApply(found -> roles(
                                context,
                                spec,
                                found.map(ArmObject::json).stream().toList())))));
        return Reading.all(parts);
    }

    private static Reading identities(AzureContext context) {
        Reading reading = Reading.empty();
        for (JsonNode json : context.arm()
                .list(
                        ArmType.IDENTITY.action("read"),
                        context.groupId() + "/providers/" + ArmType.IDENTITY.type(),
                        ArmType.IDENTITY.apiVersion())) {
            ArmObject object = ArmObject.of(json);
            for (ResourceId id : UserIdentity.ALL) {
                if (UserIdentity.armId(context, id).equalsIgnoreCase(object.id())) {
                    reading = reading.and(Found.named(context, id, Optional.of(object)));
                }
            }
        }
        return reading;
    }

    /**
     * With a spec, assignments in the group are listed and those elsewhere are read one by one. Without a spec, their scopes are not
     * known, so all assignments of the subscription are listed if that is permitted.
     */
    private static List<JsonNode> list(AzureContext context, Optional<BackendSpec> spec) {
        if (spec.isEmpty()) {
            try {
                return list(context, context.subscriptionId());
            } catch (CloudException e) {
                if (e.error() != CloudError.NOT_AUTHORIZED) {
                    throw e;
                }
            }
        }
        return list(context, context.groupId());
    }

    private static List<JsonNode> list(AzureContext context, String scope) {
        return context.arm()
                .list(
                        READ_ROLES,
                        scope + "/providers/" + ArmType.ROLE_ASSIGNMENT.type(),
                        ArmType.ROLE_ASSIGNMENT.apiVersion());
    }

    /** Further ones of a role, for another key that the backend has had, get a number, so that a destruction deletes them too. */
    private static Reading roles(AzureContext context, Optional<BackendSpec> spec, List<JsonNode> assignments) {
        return Reading.owned(
                assignments.stream().map(ArmObject::of).toList(),
                object -> RoleAssignment.idOf(context, object).filter(id -> !isForFormerKey(context, spec, id, object)),
                Comparator.comparing(ArmObject::id));
    }

    /**
     * Whether it is for another key than the spec names. It is kept as long as the cluster: what was encrypted with that key, such as
     * secrets that were not written since, can be read with that key only.
     */
    private static boolean isForFormerKey(
            AzureContext context, Optional<BackendSpec> spec, ResourceId id, ArmObject assignment) {
        return KEYS.contains(id)
                && spec.flatMap(IdentityReader::existingVault)
                        .map(vault -> RoleAssignment.armId(context, id, vault))
                        .filter(wanted -> !wanted.equalsIgnoreCase(assignment.id()))
                        .isPresent();
    }

    private static Optional<String> existingVault(BackendSpec spec) {
        return spec.encryption().existingKey().map(key -> key.substring(0, Math.max(0, key.lastIndexOf("/keys/"))));
    }

    /** Ids of assignments whose scope is an existing object in another group. */
    private static List<String> outside(AzureContext context, BackendSpec spec) {
        List<String> ids = new ArrayList<>();
        if (spec.network().existingId().isPresent()) {
            String scope = NodeSubnet.of(context, spec, Inventory.empty()).roleScope(spec);
            ids.add(RoleAssignment.armId(context, RoleKind.CLUSTER_NETWORK.id(), scope));
        }
        PrivateZone.of(spec)
                .ifPresent(zone -> ids.add(RoleAssignment.armId(context, RoleKind.CLUSTER_ZONE.id(), zone)));
        existingVault(spec).ifPresent(vault -> KEYS.forEach(id -> ids.add(RoleAssignment.armId(context, id, vault))));
        Reservations.scopes(spec)
                .forEach(scope -> ids.add(RoleAssignment.armId(context, RoleAssignment.reservationId(scope), scope)));
        return ids;
    }
}
