// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.check;

/** What came out of a check. */
public enum Status {
    PASS("passed"),
    WARN("warned"),
    FAIL("failed"),
    /** Could not be read, or the check itself broke. Never taken for good. */
    UNKNOWN("unknown"),
    /** Does not hold, which the host has accepted by a {@link Waiver}. */
    WAIVED("waived"),
    /** Does not apply, or needs a vantage that this verification does not have. Proves nothing. */
    SKIPPED("skipped");

    private final String phrase;

    Status(String phrase) {
        this.phrase = phrase;
    }

    /** In a word that fits after a number. */
    public String phrase() {
        return phrase;
    }
}
