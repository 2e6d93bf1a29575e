// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.resource;

/** What a change does to running work. The constants are ordered from none to worst. */
public enum Disruption {
    /** Running work does not notice. */
    NONE,
    /** Nodes are drained and replaced one after another; pods move, within their PodDisruptionBudgets. */
    ROLLING,
    /** Work ends: a pool, or the network of a pool, is not available for a while or for good. */
    OUTAGE,
    /** Data is deleted, or can no longer be decrypted. */
    DATA;

    /** The worse one of two. */
    public Disruption or(Disruption other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** Whether this is worse than another one. */
    public boolean exceeds(Disruption limit) {
        return compareTo(limit) > 0;
    }
}
