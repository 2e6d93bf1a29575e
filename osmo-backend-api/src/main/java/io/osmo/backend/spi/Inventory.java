// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi;

import io.osmo.backend.resource.ResourceId;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was found of one backend at one point in time, by resource id. Immutable. If the response to a creation was lost, two objects may
 * have the same id: the older one keeps it, and the others are listed as {@code kind/name#2} and so on. No spec contains those ids, so
 * plans delete them.
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
     * @param attachments further data that the provider needs, such as offered zones and versions, by type
     */
    public static Inventory of(Map<ResourceId, Observed<?>> observed, Map<Class<?>, Object> attachments) {
        return new Inventory(observed, attachments);
    }

    public static Inventory empty() {
        return of(Map.of(), Map.of());
    }

    /** An inventory with these objects and the attachments of this one. */
    public Inventory with(Map<ResourceId, Observed<?>> objects) {
        return new Inventory(objects, attachments);
    }

    /** This inventory with an attachment, which replaces one of the same type. */
    public <A> Inventory with(Class<A> type, A attachment) {
        Map<Class<?>, Object> changed = new HashMap<>(attachments);
        changed.put(type, attachment);
        return new Inventory(observed, changed);
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

    /** Whether the backend owns nothing, so that it does not exist. */
    public boolean isEmpty() {
        return observed.values().stream().noneMatch(o -> o.ownership() == Observed.Ownership.OURS);
    }

    /** The ids of what was found. */
    @Override
    public String toString() {
        return "Inventory" + observed.keySet();
    }
}
