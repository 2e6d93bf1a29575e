// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

/** How a pool is replaced when a change cannot be made to it in place. */
public enum Replacement {
    /**
     * A new pool is created while the existing one still runs. Once the new pool is ready, the nodes of the old one are drained and it is
     * deleted. Needs quota for both. If the new pool cannot be created, the existing one is not affected.
     */
    SURGE,
    /**
     * The pool is drained and deleted, then created again; for reservations, or if the quota does not allow two pools. Workflows on the
     * pool end, so the plan announces an outage.
     */
    RECREATE
}
