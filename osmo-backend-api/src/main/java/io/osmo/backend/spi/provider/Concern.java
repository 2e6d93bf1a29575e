// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.error.Violation;
import io.osmo.backend.resource.Guard;
import io.osmo.backend.resource.Leftover;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Resource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * One part of a backend, such as its network: what of it is wanted, how it is observed, what exists of it. Stateless; all but
 * {@link #leftovers} and the readers is pure.
 *
 * @param <C> one backend of one cloud, and the way to call that cloud about it
 */
public interface Concern<C extends ProviderContext> {
    /**
     * What the resources of this part need to be allowed to do, as far as the spec asks for them; what its readers need they say
     * themselves. Pure.
     *
     * @param spec empty when everything is destroyed
     */
    default List<Needs> needs(Optional<BackendSpec> spec) {
        return List.of();
    }

    /** Rules that need no cloud. */
    default List<Violation> validate(BackendSpec spec) {
        return List.of();
    }

    /** The same objects at each call. */
    default List<Reader<C>> readers() {
        return List.of();
    }

    /** Rules that need the cloud's answers. */
    default List<Violation> check(BackendSpec spec, Inventory inventory) {
        return List.of();
    }

    /**
     * What does not forbid applying but should be known, a sentence each.
     *
     * @param spec empty when everything is destroyed
     */
    default List<String> warnings(C context, Optional<BackendSpec> spec, Inventory inventory) {
        return List.of();
    }

    /** What the spec wants of this part. */
    default List<Resource<?>> wanted(C context, BackendSpec spec, Inventory inventory) {
        return List.of();
    }

    /**
     * Something that exists and is ours, in a form that can be deleted.
     *
     * @return empty when the kind belongs to another part
     */
    default Optional<Deletable<?>> owned(C context, ResourceId id, Object observed) {
        return Optional.empty();
    }

    /**
     * Everything of ours once all parts have said what exists of them: a part may add sweeps of what the cluster leaves behind, or
     * change the order. Called in the order of the parts, each with what the one before has returned.
     */
    default List<Deletable<?>> arrange(C context, Inventory inventory, List<Deletable<?>> owned) {
        return owned;
    }

    /**
     * What forbids deleting or replacing some resources: a protection, a lock, something inside that is not ours. Pure: readers have
     * read it.
     *
     * @param removed what would be deleted or replaced, with what goes with it
     */
    default List<Guard> guards(C context, Inventory inventory, Set<ResourceId> removed) {
        return List.of();
    }

    /** What exists and must outlive the backend. */
    default Set<ResourceId> kept(Inventory inventory) {
        return Set.of();
    }

    /** What is left of this part that no reader shows, such as what is scheduled for deletion. */
    default CompletableFuture<List<Leftover>> leftovers(C context) {
        return CompletableFuture.completedFuture(List.of());
    }
}
