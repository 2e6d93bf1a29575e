// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend;

/** What a preflight or a verification came to. What could not be read is not passed. */
public enum Verdict {
    /** At least one check was judged, none failed, and none that must pass is unknown. */
    PASSED,
    /** At least one check that must pass does not hold. */
    FAILED,
    /** No check failed, but one that must pass is unknown, or none was judged at all. */
    INCONCLUSIVE
}
