// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.lock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.ArmResource;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.Json;
import io.osmo.backend.azure.internal.cluster.AksCluster;
import io.osmo.backend.azure.internal.cluster.SystemPool;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import io.osmo.backend.spi.provider.Needs;
import java.util.Optional;
import java.util.Set;

/**
 * Protects the cluster against deletion. AKS has no protection of its own, so it is a management lock. The lock is on the system
 * pool: Azure refuses to delete what holds something that is locked, so neither the cluster nor its resource group can be deleted. A
 * lock on the cluster itself would be inherited by all of its pools, and one on the group by everything in it; then we could not
 * remove or replace a pool, a role or a backup any more. Told from the locks of others by its name and its notes.
 */
final class ClusterLock extends ArmResource {
    static final ResourceId ID = ResourceId.of("deletion-lock", "cluster");

    /** What the calls below need. */
    public static final Needs NEEDS = ArmType.LOCK.needs(ID.kind()).delete(ArmType.LOCK.action("delete"));

    private static final String NAME = "osmo-backend";

    private final boolean readable;

    /** @param readable whether it would have been found if it exists */
    ClusterLock(AzureContext context, boolean readable) {
        super(
                context,
                ID,
                ArmType.LOCK,
                armId(context),
                Set.of(AksCluster.ID),
                Timing.seconds(1, 1, 1, 2, 15),
                "lock that protects the cluster against deletion");
        this.readable = readable;
    }

    @Override
    public Optional<String> unread(State state) {
        return readable
                ? Optional.empty()
                : Optional.of("cannot be read without the right " + ArmType.LOCK.action("read"));
    }

    static String armId(AzureContext context) {
        return context.clusterId() + "/agentPools/" + SystemPool.NAME + "/providers/" + ArmType.LOCK.type() + "/"
                + NAME;
    }

    static String notes(ArmObject lock) {
        return lock.text("/properties/notes");
    }

    @Override
    protected ObjectNode body(State state) {
        return Json.object(
                "properties",
                Json.object(
                        "level", "CanNotDelete", "notes", context.ownership().description()));
    }

    @Override
    protected boolean patchesTags() {
        return false;
    }

    /** So that a destruction does not lift the protection: applying the spec without it does. */
    @Override
    public Optional<ResourceId> deletedWith() {
        return Optional.of(AksCluster.ID);
    }
}
