// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.error;

import org.jspecify.annotations.Nullable;

/** The OSMO service refused or failed one call, or could not be reached. */
public final class OsmoServiceException extends OsmoBackendException {
    private static final long serialVersionUID = 1;

    private final OsmoServiceError error;
    private final String operation;
    private final int status;

    /**
     * @param operation the call, such as {@code GET /api/configs/backend/train-west}
     * @param status of the answer; 0 if there was none
     * @param message what happened, in the words of the service if it gave any
     * @param remedy the next thing to do, as a sentence
     */
    public OsmoServiceException(
            OsmoServiceError error,
            String operation,
            int status,
            String message,
            String remedy,
            @Nullable Throwable cause) {
        super(operation + ": " + message, remedy, cause);
        this.error = error;
        this.operation = operation;
        this.status = status;
    }

    public OsmoServiceError error() {
        return error;
    }

    /** The call, such as {@code GET /api/version}. */
    public String operation() {
        return operation;
    }

    /** Status code of the answer; 0 if there was none. */
    public int status() {
        return status;
    }
}
