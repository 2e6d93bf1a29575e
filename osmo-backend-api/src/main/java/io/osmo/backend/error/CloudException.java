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
    private final String reason;
    private final @Nullable String requestId;
    private final @Nullable Duration retryAfter;
    private final @Nullable Duration patience;

    private CloudException(Builder builder) {
        super(builder.text(), builder.remedy, builder.cause);
        this.error = builder.error;
        this.operation = builder.operation;
        this.code = builder.code;
        this.reason = builder.message;
        this.requestId = builder.requestId;
        this.retryAfter = builder.retryAfter;
        this.patience = builder.patience;
    }

    /**
     * A refusal or failure to describe further. Its code is the name of the error and its message is empty until they are given.
     *
     * @param operation the call in the cloud's own spelling, such as {@code eks:CreateCluster}
     */
    public static Builder of(CloudError error, String operation) {
        return new Builder(error, operation);
    }

    /** The same exception with the time to wait before the call is made again, as the cloud asks. */
    public CloudException after(Duration time) {
        CloudException same = new CloudException(new Builder(this).retryAfter(time));
        same.setStackTrace(getStackTrace());
        return same;
    }

    /** The same exception with more in its message, and another remedy. */
    public CloudException saying(String more, String other) {
        CloudException same = new CloudException(
                new Builder(this).message(reason + " " + more).remedy(other));
        same.setStackTrace(getStackTrace());
        return same;
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

    /** How long the cloud asks to wait before the call is made again; empty when it does not say. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /**
     * How long it makes sense to repeat the call while the cloud keeps giving this answer; zero when it never does.
     *
     * @return empty when the deadline of the resource is the only limit
     */
    public Optional<Duration> patience() {
        return patience == null && !error.worthRetrying() ? Optional.of(Duration.ZERO) : Optional.ofNullable(patience);
    }

    /** Whether the same call can succeed later without anybody changing anything. */
    public boolean worthRetrying() {
        return !patience().equals(Optional.of(Duration.ZERO));
    }

    /** Collects what is known of a refusal or failure; not for concurrent use. */
    public static final class Builder {
        private final CloudError error;
        private final String operation;
        private String code;
        private String message = "";
        private String remedy = "";
        private @Nullable String requestId;
        private @Nullable Throwable cause;
        private @Nullable Duration retryAfter;
        private @Nullable Duration patience;

        private Builder(CloudError error, String operation) {
            this.error = error;
            this.operation = operation;
            this.code = error.name();
        }

        private Builder(CloudException same) {
            this(same.error, same.operation);
            this.code = same.code;
            this.message = same.reason;
            this.remedy = same.remedy();
            this.requestId = same.requestId;
            this.cause = same.getCause();
            this.patience = same.patience;
        }

        /** The cloud's own error code. */
        public Builder code(String value) {
            code = value;
            return this;
        }

        /** What happened, in the cloud's words if it gave any. */
        public Builder message(String value) {
            message = value;
            return this;
        }

        /** The next thing to do, as a sentence. */
        public Builder remedy(String value) {
            remedy = value;
            return this;
        }

        /** The cloud's id of the request, if it gave one. */
        public Builder requestId(@Nullable String value) {
            requestId = value;
            return this;
        }

        public Builder cause(@Nullable Throwable value) {
            cause = value;
            return this;
        }

        /** How long the cloud asks to wait before the call is made again. */
        public Builder retryAfter(Duration value) {
            retryAfter = value;
            return this;
        }

        /** How long it makes sense to repeat the call; default: as long as the resource has time, where the kind of error is worth it. */
        public Builder patience(Duration value) {
            patience = value;
            return this;
        }

        public CloudException build() {
            return new CloudException(this);
        }

        private String text() {
            return operation + ": " + message + " (" + code + (requestId == null ? "" : ", request " + requestId) + ")";
        }
    }
}
