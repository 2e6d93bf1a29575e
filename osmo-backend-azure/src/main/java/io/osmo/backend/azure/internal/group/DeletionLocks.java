// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.group;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.ExistingResource;
import io.osmo.backend.azure.internal.Json;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The management locks on the group and what is in it, by which somebody forbids its deletion. They are found before anything is
 * deleted: else what a cluster holds would be swept for a destruction that the lock then stops. Never removed by us.
 */
public final class DeletionLocks extends ExistingResource {
    private static final ResourceId ID = ResourceId.of("deletion-lock", "backend");

    private static final String NAMES = "names";

    /**
     * What was found of them; an attachment of the inventory of a destruction.
     *
     * @param names each with its level; empty when there are none
     */
    public record Found(List<String> names) {
        public Found {
            names = List.copyOf(names);
        }
    }

    /** @param before all that is to be deleted */
    public DeletionLocks(AzureContext context, Set<ResourceId> before) {
        super(
                context,
                ID,
                ArmType.LOCK,
                context.groupId(),
                before,
                Timing.seconds(1, 1, 1, 2, 15),
                "locks that forbid the deletion of resource group " + context.group());
    }

    /** None when they may not be read: then the deletions themselves tell. */
    public static Found find(AzureContext context) {
        List<String> names = new ArrayList<>();
        try {
            for (JsonNode lock : context.arm()
                    .list(
                            ArmType.LOCK.action("read"),
                            context.groupId() + "/providers/" + ArmType.LOCK.type(),
                            ArmType.LOCK.apiVersion())) {
                names.add(lock.path("name").asText() + " ("
                        + lock.at("/properties/level").asText() + ")");
            }
        } catch (CloudException e) {
            if (e.error() != CloudError.NOT_AUTHORISED) {
                throw e;
            }
        }
        names.sort(null);
        return new Found(names);
    }

    @Override
    public Optional<ArmObject> read(State state) {
        Found found = find(context);
        return found.names().isEmpty()
                ? Optional.empty()
                : Optional.of(ArmObject.of(Json.object(NAMES, found.names())));
    }

    @Override
    public Readiness readiness(ArmObject observed) {
        return Readiness.ready();
    }

    /** Refuses, so that nothing after it is begun. */
    @Override
    public void delete(ArmObject observed, State state) {
        throw CloudException.of(CloudError.NOT_AUTHORISED, ArmType.RESOURCE_GROUP.action("delete"))
                .code("ScopeLocked")
                .message("resource group " + context.group() + " is locked: "
                        + observed.json().path(NAMES))
                .remedy("Have the locks removed (az lock delete), then destroy again; nothing was deleted.")
                .build();
    }
}
