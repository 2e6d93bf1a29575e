// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An alternative for a pool if the cloud has no capacity for it. What is not set is taken from the pool, except the reservation,
 * which is for one type in one zone.
 *
 * @param instanceTypes other instance types, in order of preference; empty means those of the pool
 * @param zones other zones; empty means those of the pool
 * @param reservation reservation of the alternative; empty means none, not that of the pool
 * @param spot whether the nodes are spot capacity; excludes a reservation
 */
public record PoolAlternative(
        List<String> instanceTypes, List<String> zones, Optional<String> reservation, Optional<Boolean> spot) {
    public PoolAlternative {
        instanceTypes = List.copyOf(instanceTypes);
        zones = List.copyOf(zones);
    }

    /** Whether nothing is set, so that it would be the pool itself. */
    public boolean isEmpty() {
        return instanceTypes.isEmpty() && zones.isEmpty() && reservation.isEmpty() && spot.isEmpty();
    }

    /** The pool with this alternative applied. */
    public NodePool of(NodePool pool) {
        return named(pool, pool.name());
    }

    /** The same under another name. */
    public NodePool named(NodePool pool, String name) {
        boolean isSpot = spot.orElse(pool.spot() && reservation.isEmpty());
        return ImmutableNodePool.builder()
                .from(pool)
                .name(name)
                .instanceTypes(instanceTypes.isEmpty() ? pool.instanceTypes() : instanceTypes)
                .zones(zones.isEmpty() ? pool.zones() : zones)
                .reservation(reservation)
                .spot(isSpot)
                .build();
    }

    /** A short description, such as {@code m7i.4xlarge, in us-west-2b, spot}. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        if (!instanceTypes.isEmpty()) {
            parts.add(String.join(" or ", instanceTypes));
        }
        if (!zones.isEmpty()) {
            parts.add("in " + String.join(" or ", zones));
        }
        reservation.ifPresent(id -> parts.add("reservation " + id));
        spot.ifPresent(is -> parts.add(is ? "spot" : "not spot"));
        return String.join(", ", parts);
    }
}
