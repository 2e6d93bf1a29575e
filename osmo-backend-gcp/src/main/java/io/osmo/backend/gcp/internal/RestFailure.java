// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal;

import org.jspecify.annotations.Nullable;

/** A service answered a REST request with an error, or not at all. Never leaves the module: it is translated. */
public final class RestFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String reason;

    /**
     * @param status of HTTP; 0 when there was no answer
     * @param reason the most exact word that the answer has for it, such as {@code SERVICE_DISABLED}
     */
    public RestFailure(int status, String reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
        this.reason = reason;
    }

    public int status() {
        return status;
    }

    public String reason() {
        return reason;
    }
}
