// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi;

import io.osmo.backend.resource.ResourceId;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was found of one backend at one moment, by resource id. Two objects that claim the same id are an accident of a lost
 * response: the older one keeps the id, the others stand under {@code kind/name#2} and so on, wanted by nobody and thus
 * planned for deletion.
 */
public final class Inventory {
    private final Map<ResourceId, Observed<?>> observed;
    private final Map<Class<?>, Object> attachments;

    private Inventory(Map<ResourceId, Observed<?>> observed, Map<Class<?>, Object> attachments) {
        this.observed = Collections.unmodifiableMap(new TreeMap<>(observed));
        this.attachments = Map.copyOf(attachments);
    }

    /**
     * @param observed what was found
     * @param attachments further data that the provider's own graph needs (offered zones, versions), by type
     */
    public static Inventory of(Map<ResourceId, Observed<?>> observed, Map<Class<?>, Object> attachments) {
        return new Inventory(observed, attachments);
    }

    public static Inventory empty() {
        return of(Map.of(), Map.of());
    }

    /** The same attachments with other objects. */
    public Inventory with(Map<ResourceId, Observed<?>> objects) {
        return new Inventory(objects, attachments);
    }

    public Map<ResourceId, Observed<?>> observed() {
        return observed;
    }

    public <O> Optional<O> find(ResourceId id, Class<O> type) {
        return Optional.ofNullable(observed.get(id)).map(o -> type.cast(o.value()));
    }

    public <A> Optional<A> attachment(Class<A> type) {
        return Optional.ofNullable(attachments.get(type)).map(type::cast);
    }

    /** Whether nothing of ours stands. */
    public boolean isEmpty() {
        return observed.values().stream().noneMatch(o -> o.ownership() == Observed.Ownership.OURS);
    }
}
