// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.report;

/** How far a requirement was proven by all of its checks. */
public enum Proof {
    /** All checks that apply were judged, and hold. */
    PROVEN("proven"),
    /** Holds, except for a recommendation that is not followed, or a deviation that the host has waived. */
    WARNED("met with warnings"),
    VIOLATED("violated"),
    /** Something could not be read. */
    UNKNOWN("unknown"),
    /** What was judged holds, but at least one check was not selected or needs a vantage that was not available. */
    NOT_PROVEN("not proven"),
    /** None of its checks applies to this backend. */
    NOT_APPLICABLE("not applicable");

    private final String phrase;

    Proof(String phrase) {
        this.phrase = phrase;
    }

    public String phrase() {
        return phrase;
    }
}
