// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.life;

/** Something happened that must never happen. */
final class InvariantBroken extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Short name of the invariant: two failures of one invariant are the same failure to the shrinker. */
    private final String invariant;

    InvariantBroken(String invariant, String detail) {
        super(invariant + ": " + detail);
        this.invariant = invariant;
    }

    InvariantBroken(String invariant, String detail, Throwable cause) {
        super(invariant + ": " + detail, cause);
        this.invariant = invariant;
    }

    String invariant() {
        return invariant;
    }
}
