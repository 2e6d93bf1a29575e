// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.check;

/** How serious the problem is that a check finds. */
public enum Severity {
    /** OSMO rejects the backend, or workflows cannot run: the finding is {@link Status#FAIL}. */
    ERROR,
    /** Degraded, or against a recommendation for production: the finding is {@link Status#WARN}. */
    WARNING,
    /** Worth knowing: the finding is {@link Status#WARN} as well. */
    INFO;

    /** Status of the finding if a check of this severity finds a problem. */
    public Status breach() {
        return this == ERROR ? Status.FAIL : Status.WARN;
    }
}
