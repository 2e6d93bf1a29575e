// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.error.Violation;
import io.osmo.backend.resource.Guard;
import io.osmo.backend.resource.Leftover;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Resource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * One part of a backend, such as its network: its desired resources, its readers and its existing resources. Stateless; all methods but
 * {@link #leftovers} and {@link #readers} are pure.
 *
 * @param <C> one backend of one cloud, and the way to call that cloud about it
 */
public interface Concern<C extends ProviderContext> {
    /**
     * The permissions that the resources of this part need for a spec. Those of readers come from {@link Reader#needs}.
     *
     * @param spec empty if everything is destroyed
     */
    default List<Needs> needs(Optional<BackendSpec> spec) {
        return List.of();
    }

    /** Checks the rules that need no cloud call. */
    default List<Violation> validate(BackendSpec spec) {
        return List.of();
    }

    /** The readers of this part; each call returns the same objects. */
    default List<Reader<C>> readers() {
        return List.of();
    }

    /**
     * What a pool may be of which the spec names no instance types: the types that it runs on if it exists, else those that it may get, the
     * preferred ones first. Each choice is a list as in a spec.
     *
     * @return empty if this part has no pools, or no choice for this one
     */
    default List<List<String>> choices(C context, NodePool pool, Inventory inventory) {
        return List.of();
    }

    /** The rules for instance types among those of {@link #check}; a choice that breaks fewer of them comes first. */
    default List<Violation> checkTypes(BackendSpec spec, Inventory inventory) {
        return List.of();
    }

    /** The readers of what {@link #choices} and {@link #checkTypes} look at. */
    default List<Reader<C>> choosers() {
        return List.of();
    }

    /** Checks the rules that depend on what the cloud answered. */
    default List<Violation> check(BackendSpec spec, Inventory inventory) {
        return List.of();
    }

    /**
     * Warnings for the plan, one sentence each. They do not prevent an apply.
     *
     * @param spec empty if everything is destroyed
     */
    default List<String> warnings(C context, Optional<BackendSpec> spec, Inventory inventory) {
        return List.of();
    }

    /** The desired resources of this part. */
    default List<Resource<?>> wanted(C context, BackendSpec spec, Inventory inventory) {
        return List.of();
    }

    /**
     * An existing resource of this part that the backend owns.
     *
     * @return empty if the resource belongs to another part
     */
    default Optional<Deletable<?>> owned(C context, ResourceId id, Object observed) {
        return Optional.empty();
    }

    /**
     * Adds to the existing resources of all parts, for example cleanup steps for what the cluster leaves behind, or changes their order.
     * Parts are called in order, each with the result of the previous one.
     */
    default List<Deletable<?>> arrange(C context, Inventory inventory, List<Deletable<?>> owned) {
        return owned;
    }

    /**
     * What prevents the deletion or replacement of some resources: deletion protection, a lock, or a foreign object inside one, as the
     * readers have read them.
     *
     * @param removed the resources that would be deleted or replaced, including those deleted with them
     */
    default List<Guard> guards(C context, Inventory inventory, Set<ResourceId> removed) {
        return List.of();
    }

    /** Existing resources that are kept when the backend is destroyed. */
    default Set<ResourceId> kept(Inventory inventory) {
        return Set.of();
    }

    /** Leftovers of this part that no reader finds, such as a key that is scheduled for deletion. */
    default CompletableFuture<List<Leftover>> leftovers(C context) {
        return CompletableFuture.completedFuture(List.of());
    }
}
