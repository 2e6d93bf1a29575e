// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.support;

import io.osmo.backend.error.Violation;
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
 * One part of a backend, such as its network: what of it is wanted, how it is observed, what stands of it. Stateless; all
 * but {@link #leftovers} and the readers is pure.
 *
 * @param <C> one backend of one cloud, and the way to call that cloud about it
 */
public interface Concern<C> {
    /** Rules that need no cloud. */
    default List<Violation> validate(BackendSpec spec) {
        return List.of();
    }

    List<? extends Reader<C>> readers();

    /** Rules that need the cloud's answers. */
    default List<Violation> check(BackendSpec spec, Inventory inventory) {
        return List.of();
    }

    /** What the spec wants of this part. */
    List<Resource<?>> wanted(C context, BackendSpec spec, Inventory inventory);

    /**
     * Something that stands and is ours, in a form that can be deleted.
     *
     * @return empty when the kind belongs to another part
     */
    Optional<Deletable<?>> owned(C context, ResourceId id, Object observed);

    /** What stands and must outlive the backend. */
    default Set<ResourceId> kept(Inventory inventory) {
        return Set.of();
    }

    /** What is left of this part that no reader shows, such as what is scheduled for deletion. */
    default CompletableFuture<List<Leftover>> leftovers(C context) {
        return CompletableFuture.completedFuture(List.of());
    }
}
