// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.report;

/** The result of a verification. */
public enum Verdict {
    /** At least one check was judged, none failed, and none that must pass is unknown. */
    PASSED,
    /** At least one check of severity ERROR does not hold. */
    FAILED,
    /** No check failed, but one that must pass is unknown, or none was judged at all. */
    INCONCLUSIVE
}
