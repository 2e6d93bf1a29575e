// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.error;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A cloud refused or failed one call. */
public final class CloudException extends OsmoBackendException {
    private static final long serialVersionUID = 1;

    private final CloudError error;
    private final String operation;
    private final String code;
    private final @Nullable String requestId;

    /**
     * @param operation the call in the cloud's own spelling, such as {@code eks:CreateCluster}
     * @param code the cloud's own error code
     * @param requestId the cloud's id of the request, if it gave one
     */
    public CloudException(
            CloudError error,
            String operation,
            String code,
            String message,
            String remedy,
            @Nullable String requestId,
            @Nullable Throwable cause) {
        super(
                operation + ": " + message + " (" + code + (requestId == null ? "" : ", request " + requestId) + ")",
                remedy,
                cause);
        this.error = error;
        this.operation = operation;
        this.code = code;
        this.requestId = requestId;
    }

    public CloudError error() {
        return error;
    }

    public String operation() {
        return operation;
    }

    public String code() {
        return code;
    }

    public Optional<String> requestId() {
        return Optional.ofNullable(requestId);
    }
}
