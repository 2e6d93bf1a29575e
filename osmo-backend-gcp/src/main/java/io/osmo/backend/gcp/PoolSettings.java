// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp;

import java.util.Optional;

/**
 * Settings of a node pool that only GKE has, in addition to the portable pool of the spec. The pool's {@code reservation} names a
 * reservation in Compute Engine; its nodes then use that reservation only.
 *
 * @param flexStart whether nodes are requested from Dynamic Workload Scheduler and wait for capacity; default false. Needs a pool
 *     with minimum and initial size 0, without spot and reservations. See <a
 *     href="https://cloud.google.com/kubernetes-engine/docs/concepts/dws">flex-start</a>
 * @param anyReservation whether nodes use matching reservations that are open to all; default false: none is used
 * @param compact whether nodes are placed close to each other; default false. Needs a pool in exactly one zone
 * @param diskType type of the root disk, such as {@code pd-ssd}; empty means {@code hyperdisk-balanced} for machine families that
 *     take Hyperdisk only and {@code pd-balanced} for all others
 */
public record PoolSettings(boolean flexStart, boolean anyReservation, boolean compact, Optional<String> diskType) {
    /** On demand, no reservation, no compact placement, the default disk type. */
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
