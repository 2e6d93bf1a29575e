// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.error;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A cloud refused or failed one call. */
public final class CloudException extends OsmoBackendException {
    private static final long serialVersionUID = 1;

    private final CloudError error;
    private final String operation;
    private final String code;
    private final @Nullable String requestId;
    private final @Nullable Duration retryAfter;

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
        this.retryAfter = null;
    }

    private CloudException(CloudException same, Duration retryAfter) {
        super(String.valueOf(same.getMessage()), same.remedy(), same.getCause());
        this.error = same.error;
        this.operation = same.operation;
        this.code = same.code;
        this.requestId = same.requestId;
        this.retryAfter = retryAfter;
        setStackTrace(same.getStackTrace());
    }

    /** The same, with the time for which the cloud asks to be left alone before the call is made again. */
    public CloudException after(Duration time) {
        return new CloudException(this, time);
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

    /** How long the cloud asks to be left alone; empty when it does not say. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
