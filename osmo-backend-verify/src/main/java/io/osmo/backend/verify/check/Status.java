// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.check;

/** Result of a check. */
public enum Status {
    PASS("passed"),
    WARN("warned"),
    FAIL("failed"),
    /** What the check needs could not be read, or the check itself failed. Never counts as passed. */
    UNKNOWN("unknown"),
    /** The check found a problem that a {@link Waiver} accepts. */
    WAIVED("waived"),
    /** The check does not apply, or needs a vantage that this verification does not have. Proves nothing. */
    SKIPPED("skipped");

    private final String phrase;

    Status(String phrase) {
        this.phrase = phrase;
    }

    /** A word that fits after a number. */
    public String phrase() {
        return phrase;
    }
}
