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
 * pool: Azure refuses to delete anything that contains a locked resource, so neither the cluster nor its resource group can be deleted. A
 * lock on the cluster itself would be inherited by all of its pools, and one on the group by everything in it; then an apply could no
 * longer remove or replace a pool, a role or a backup. A system pool that replaces another one gets a lock before that of the other one
 * is deleted. The lock is distinguished from those of others by its name and its notes.
 */
final class ClusterLock extends ArmResource {
    private static final String KIND = "deletion-lock";
    private static final String FIRST = "cluster";

    /** What the calls below need. */
    public static final Needs NEEDS = ArmType.LOCK.needs(KIND).delete(ArmType.LOCK.action("delete"));

    private static final String NAME = "osmo-backend";

    private final boolean readable;
    private final Set<ResourceId> replaced;

    /**
     * @param pool name of the system pool that holds it
     * @param readable whether locks could be read
     * @param after what must be ready before it
     * @param replaced the backend's locks on other system pools
     */
    ClusterLock(AzureContext context, String pool, boolean readable, Set<ResourceId> after, Set<ResourceId> replaced) {
        super(
                context,
                id(pool),
                ArmType.LOCK,
                armId(context, pool),
                after,
                Timing.seconds(1, 1, 1, 2, 15),
                "lock on " + pool + " that protects the cluster against deletion");
        this.readable = readable;
        this.replaced = Set.copyOf(replaced);
    }

    /** One that exists. It is deleted before the pool that holds it, which could not be deleted otherwise. */
    static ClusterLock existing(AzureContext context, ResourceId id) {
        String pool = id.name().equals(FIRST) ? SystemPool.NAME : id.name().substring(FIRST.length() + 1);
        return new ClusterLock(context, pool, true, Set.of(AksCluster.ID, SystemPool.id(pool)), Set.of());
    }

    static boolean isOne(ResourceId id) {
        return id.kind().equals(KIND);
    }

    /** The lock on the first system pool has the name of the cluster, one on a later pool that of the pool too. */
    static ResourceId id(String pool) {
        return ResourceId.of(KIND, pool.equals(SystemPool.NAME) ? FIRST : FIRST + "-" + pool);
    }

    /** The system pool that a lock is on, if it has the form of this library's locks. */
    static Optional<String> pool(AzureContext context, String armId) {
        String before = context.clusterId() + "/agentPools/";
        String behind = "/providers/" + ArmType.LOCK.type() + "/" + NAME;
        int end = armId.length() - behind.length();
        return armId.regionMatches(true, 0, before, 0, before.length())
                        && end > before.length()
                        && armId.regionMatches(true, end, behind, 0, behind.length())
                ? Optional.of(armId.substring(before.length(), end))
                : Optional.empty();
    }

    @Override
    public Set<ResourceId> replaces() {
        return replaced;
    }

    @Override
    public Optional<String> unread(State state) {
        return readable
                ? Optional.empty()
                : Optional.of("cannot be read without the right " + ArmType.LOCK.action("read"));
    }

    private static String armId(AzureContext context, String pool) {
        return context.clusterId() + "/agentPools/" + pool + "/providers/" + ArmType.LOCK.type() + "/" + NAME;
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
