// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

/** What an apply does with a pool that does not become ready. */
public enum FailurePolicy {
    /** The pool is kept as it is, the rest of the apply continues, and the apply ends with {@code PartialApplyException}. */
    KEEP,
    /**
     * What this apply created of the pool is deleted, the rest of the apply continues, and the apply ends with
     * {@code PartialApplyException}.
     */
    DELETE,
    /** The pool is kept as it is, and the apply succeeds and reports the pool as degraded. */
    DEGRADE
}
