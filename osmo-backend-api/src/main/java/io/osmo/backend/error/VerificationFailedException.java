// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.error;

import java.util.List;

/** A verified backend does not meet the requirements, or that could not be determined. */
public final class VerificationFailedException extends OsmoBackendException {
    private static final long serialVersionUID = 1;

    private final transient List<String> checks;

    /**
     * @param message what failed, check by check
     * @param checks ids of the checks that failed or could not be judged
     * @param remedy what to do first
     */
    public VerificationFailedException(String message, List<String> checks, String remedy) {
        super(message, remedy, null);
        this.checks = List.copyOf(checks);
    }

    /** Ids of the checks that failed or could not be judged. */
    public List<String> checks() {
        return checks;
    }
}
