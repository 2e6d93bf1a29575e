// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.check;

/** What came out of a check. */
public enum Status {
    PASS,
    WARN,
    FAIL,
    /** Could not be read, or the check itself broke. Never taken for good. */
    UNKNOWN,
    /** Does not apply, or needs a vantage that this verification does not have. Proves nothing. */
    SKIPPED
}
