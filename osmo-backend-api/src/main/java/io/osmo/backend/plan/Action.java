// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.plan;

/** What a plan does to one resource. */
public enum Action {
    CREATE,
    UPDATE,
    /** Deleted, then created again. */
    REPLACE,
    DELETE,
    /** Wait for what an earlier apply has started. */
    WAIT
}
