// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.report;

/** What a verification comes to. */
public enum Verdict {
    /** Nothing failed, and nothing that must pass remained unknown. */
    PASSED,
    /** At least one check of severity ERROR does not hold. */
    FAILED,
    /** Nothing failed, but something that must pass could not be found out. */
    INCONCLUSIVE
}
