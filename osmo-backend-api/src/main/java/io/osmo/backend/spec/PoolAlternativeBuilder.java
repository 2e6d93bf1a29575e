// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Describes an alternative for a pool. What is not set is taken from the pool, except the reservation. Not safe for concurrent use. */
public final class PoolAlternativeBuilder {
    private List<String> instanceTypes = List.of();
    private List<String> zones = List.of();
    private @Nullable String reservation;
    private @Nullable Boolean spot;

    PoolAlternativeBuilder() {}

    /** Other instance types, in order of preference. */
    public PoolAlternativeBuilder instanceTypes(String... types) {
        instanceTypes = List.of(types);
        return this;
    }

    /** Other zones by name. */
    public PoolAlternativeBuilder zones(String... names) {
        zones = List.of(names);
        return this;
    }

    /** Another capacity reservation or capacity block, in the cloud's own spelling. */
    public PoolAlternativeBuilder reservation(String id) {
        reservation = Objects.requireNonNull(id, "id");
        return this;
    }

    /** Whether the nodes are spot capacity. */
    public PoolAlternativeBuilder spot(boolean on) {
        spot = on;
        return this;
    }

    PoolAlternative draft() {
        return new PoolAlternative(instanceTypes, zones, Optional.ofNullable(reservation), Optional.ofNullable(spot));
    }
}
