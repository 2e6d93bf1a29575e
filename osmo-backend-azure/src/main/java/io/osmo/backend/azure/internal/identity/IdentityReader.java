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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Reads the identities of the group, and all roles of the backend. */
final class IdentityReader implements Reader<AzureContext> {
    static final IdentityReader INSTANCE = new IdentityReader();

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
        parts.add(context.async(() -> roles(context, list(context, spec))));
        spec.ifPresent(s -> outside(context, s)
                .forEach(id -> parts.add(context.find(ArmType.ROLE_ASSIGNMENT, id)
                        .thenApply(found -> roles(
                                context, found.map(ArmObject::json).stream().toList())))));
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
                if (e.error() != CloudError.NOT_AUTHORISED) {
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

    private static Reading roles(AzureContext context, List<JsonNode> assignments) {
        Reading reading = Reading.empty();
        for (JsonNode json : assignments) {
            ArmObject object = ArmObject.of(json);
            Optional<ResourceId> id = RoleAssignment.idOf(context, object);
            if (id.isPresent()) {
                reading = reading.and(Found.ours(id.get(), object));
            }
        }
        return reading;
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
        if (spec.encryption().existingKey().isPresent()) {
            String key = spec.encryption().existingKey().get();
            String vault = key.substring(0, Math.max(0, key.lastIndexOf("/keys/")));
            ids.add(RoleAssignment.armId(context, RoleKind.CLUSTER_KEYS.id(), vault));
            ids.add(RoleAssignment.armId(context, RoleKind.DISKS_KEYS.id(), vault));
        }
        Reservations.scopes(spec)
                .forEach(scope -> ids.add(RoleAssignment.armId(context, RoleAssignment.reservationId(scope), scope)));
        return ids;
    }
}
