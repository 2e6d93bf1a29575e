// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.report;

/** How far a requirement was proven, by all checks that serve it. */
public enum Proof {
    /** Everything that applies was looked at and holds. */
    PROVEN("proven"),
    /** Holds, but a recommendation is not followed, or the host has waived what does not hold. */
    WARNED("met with warnings"),
    VIOLATED("violated"),
    /** Something could not be read. */
    UNKNOWN("unknown"),
    /** What was looked at holds, but something needs a vantage that this verification did not have, or was not selected. */
    NOT_PROVEN("not proven"),
    /** No check of it applies to this backend. */
    NOT_APPLICABLE("not applicable");

    private final String phrase;

    Proof(String phrase) {
        this.phrase = phrase;
    }

    public String phrase() {
        return phrase;
    }
}
