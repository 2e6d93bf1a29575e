// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Observed;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * What a reader found.
 *
 * @param observed resources by id
 * @param attachments further data for resources and checks, by type
 */
public record Reading(Map<ResourceId, Observed<?>> observed, Map<Class<?>, Object> attachments) {
    public Reading {
        observed = Map.copyOf(observed);
        attachments = Map.copyOf(attachments);
    }

    public static Reading empty() {
        return new Reading(Map.of(), Map.of());
    }

    public static Reading of(ResourceId id, Observed<?> observed) {
        return new Reading(Map.of(id, observed), Map.of());
    }

    /** An object that may not exist. */
    public static Reading of(ResourceId id, Optional<? extends Observed<?>> observed) {
        return observed.map(found -> of(id, found)).orElseGet(Reading::empty);
    }

    public static Reading observed(Map<ResourceId, Observed<?>> observed) {
        return new Reading(observed, Map.of());
    }

    public static <A> Reading attachment(Class<A> type, A value) {
        return new Reading(Map.of(), Map.of(type, value));
    }

    /**
     * Assigns owned objects to resources. If several objects are the same resource, the oldest one keeps the id; the others get ids with
     * a number, which no spec contains, so that they are deleted.
     *
     * @param identity the resource that an object is; empty if the backend does not own it
     * @param age orders the objects, the oldest first; the order must be the same in every reading
     */
    public static <O> Reading owned(
            Collection<O> objects, Function<O, Optional<ResourceId>> identity, Comparator<O> age) {
        Map<ResourceId, Observed<?>> found = new HashMap<>();
        Map<ResourceId, Integer> seen = new HashMap<>();
        objects.stream().sorted(age).forEach(object -> {
            Optional<ResourceId> id = identity.apply(object);
            id.ifPresent(i -> {
                int nth = seen.merge(i, 1, Integer::sum);
                found.put(nth == 1 ? i : ResourceId.of(i.kind(), i.name() + "#" + nth), Observed.ours(object));
            });
        });
        return observed(found);
    }

    public Reading and(Reading other) {
        Map<ResourceId, Observed<?>> allObserved = new HashMap<>(observed);
        allObserved.putAll(other.observed);
        Map<Class<?>, Object> allAttachments = new HashMap<>(attachments);
        allAttachments.putAll(other.attachments);
        return new Reading(allObserved, allAttachments);
    }

    /** Combines all readings without blocking; fails with the first failure. */
    public static CompletableFuture<Reading> all(List<CompletableFuture<Reading>> readings) {
        return Futures.all(readings).thenApply(done -> done.stream().reduce(empty(), Reading::and));
    }

    public Inventory toInventory() {
        return Inventory.of(observed, attachments);
    }
}
