// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend;

/** The result of a preflight or a verification. What could not be read has not passed. */
public enum Verdict {
    /** At least one check ran, none failed, and none that must pass is unknown. */
    PASSED,
    /** At least one check that must pass failed. */
    FAILED,
    /** No check failed, but one that must pass is unknown, or no check ran. */
    INCONCLUSIVE
}
