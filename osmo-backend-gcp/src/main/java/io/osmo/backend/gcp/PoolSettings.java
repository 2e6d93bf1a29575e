// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp;

import java.util.Optional;

/**
 * What only a node pool of GKE has, beside the portable pool of the spec. The pool's {@code reservation} names a reservation
 * in Compute Engine, which is then consumed to the exclusion of anything else.
 *
 * @param flexStart whether nodes are asked for with Dynamic Workload Scheduler and wait for capacity; see <a
 *     href="https://cloud.google.com/kubernetes-engine/docs/concepts/dws">flex-start</a>
 * @param anyReservation whether nodes use up matching reservations that are open to all; otherwise none is touched
 * @param compact whether nodes are placed close to each other; needs a pool in exactly one zone
 * @param diskType type of the root disk, such as {@code pd-ssd}; empty means the one that the machine family demands or
 *     {@code pd-balanced}
 */
public record PoolSettings(boolean flexStart, boolean anyReservation, boolean compact, Optional<String> diskType) {
    /** On demand, no reservation, spread, the standard disk. */
    public static final PoolSettings DEFAULTS = new PoolSettings(false, false, false, Optional.empty());

    public PoolSettings withFlexStart(boolean value) {
        return new PoolSettings(value, anyReservation, compact, diskType);
    }

    public PoolSettings withAnyReservation(boolean value) {
        return new PoolSettings(flexStart, value, compact, diskType);
    }

    public PoolSettings withCompact(boolean value) {
        return new PoolSettings(flexStart, anyReservation, value, diskType);
    }

    public PoolSettings withDiskType(String value) {
        return new PoolSettings(flexStart, anyReservation, compact, Optional.of(value));
    }
}
