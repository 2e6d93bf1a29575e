// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

/** How a pool is replaced when a change cannot be made to it in place. */
public enum Replacement {
    /**
     * A new pool is created beside the existing one; once it is ready, the nodes of the old one are drained and it is deleted. Needs
     * quota for both. If the new pool cannot be created, the existing one is not affected.
     */
    SURGE,
    /**
     * The pool is drained and deleted, then created again; for reservations, or where quota does not allow two. Its work ends, so the
     * plan says outage.
     */
    RECREATE
}
