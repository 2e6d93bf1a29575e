// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

/** What happens to a pool that could not be made ready. */
public enum FailurePolicy {
    /** It stays as it is, everything else continues, and the apply ends with {@code PartialApplyException}. */
    KEEP,
    /**
     * What this apply created of it is deleted again, everything else continues, and the apply ends with {@code PartialApplyException}.
     */
    DELETE,
    /** It stays as it is and the apply succeeds, reporting the pool as degraded. */
    DEGRADE
}
