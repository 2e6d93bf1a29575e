// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.engine;

import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.Observed.Ownership;
import io.osmo.backend.spi.State;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The inventory, overlaid with what was read, created and deleted since. Safe for concurrent use. */
final class LiveState implements State {
    private final Inventory inventory;
    private final Instant observedAt;
    private final Map<ResourceId, Observed<?>> values;
    private final Map<ResourceId, Instant> seen = new ConcurrentHashMap<>();

    LiveState(Inventory inventory, Instant observedAt) {
        this.inventory = inventory;
        this.observedAt = observedAt;
        this.values = new ConcurrentHashMap<>(inventory.observed());
    }

    @Override
    public <O> Optional<O> find(ResourceId id, Class<O> type) {
        return Optional.ofNullable(values.get(id))
                .filter(observed -> observed.ownership() != Ownership.FOREIGN)
                .map(observed -> type.cast(observed.value()));
    }

    /** When the resource was last read. */
    Instant seenAt(ResourceId id) {
        return seen.getOrDefault(id, observedAt);
    }

    void put(ResourceId id, Object value, Instant at) {
        values.put(id, Observed.ours(value));
        seen.put(id, at);
    }

    void remove(ResourceId id, Instant at) {
        values.remove(id);
        seen.put(id, at);
    }

    /** What is known now, as an inventory. */
    Inventory snapshot() {
        return inventory.with(values);
    }
}
