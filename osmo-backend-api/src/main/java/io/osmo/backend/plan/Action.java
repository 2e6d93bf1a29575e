// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.plan;

/** What a plan does to one resource. */
public enum Action {
    CREATE,
    UPDATE,
    /** Deleted, then created again. */
    REPLACE,
    DELETE,
    /** Already started by an earlier apply, which is waited for. */
    WAIT
}
