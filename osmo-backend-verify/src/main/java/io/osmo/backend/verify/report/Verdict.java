// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.report;

/** What a verification comes to. */
public enum Verdict {
    /** Something was judged, nothing failed, and nothing that must pass remained unknown. */
    PASSED,
    /** At least one check of severity ERROR does not hold. */
    FAILED,
    /** Nothing failed, but something that must pass could not be found out, or nothing was judged at all. */
    INCONCLUSIVE
}
