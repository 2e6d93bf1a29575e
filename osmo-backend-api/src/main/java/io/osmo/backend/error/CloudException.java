// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.error;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A cloud refused a call, or the call failed. */
public final class CloudException extends OsmoBackendException {
    private static final long serialVersionUID = 1;

    private final CloudError error;
    private final String operation;
    private final String code;
    private final String reason;
    private final @Nullable String requestId;
    private final @Nullable Duration retryAfter;
    private final @Nullable Duration patience;
    private final @Nullable String field;

    private CloudException(Builder builder) {
        super(builder.text(), builder.remedy, builder.cause);
        this.error = builder.error;
        this.operation = builder.operation;
        this.code = builder.code;
        this.reason = builder.message;
        this.requestId = builder.requestId;
        this.retryAfter = builder.retryAfter;
        this.patience = builder.patience;
        this.field = builder.field;
    }

    /**
     * Starts an exception. Until they are set, the code is the name of the error and the message is empty.
     *
     * @param operation the call in the cloud's own spelling, such as {@code eks:CreateCluster}
     */
    public static Builder builder(CloudError error, String operation) {
        return new Builder(error, operation);
    }

    /** This exception with the time that the cloud asks to wait before a retry. */
    public CloudException after(Duration time) {
        CloudException same = new CloudException(new Builder(this).retryAfter(time));
        same.setStackTrace(getStackTrace());
        return same;
    }

    /** This exception with another remedy. */
    public CloudException advising(String other) {
        CloudException same = new CloudException(new Builder(this).remedy(other));
        same.setStackTrace(getStackTrace());
        return same;
    }

    /** This exception with an addition to its message, and another remedy. */
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

    /**
     * The field of the spec that the cloud refuses, such as {@code region}; {@code SpecDocument.position} says where it is.
     *
     * @return empty if the answer is not about one field
     */
    public Optional<String> field() {
        return Optional.ofNullable(field);
    }

    /** How long the cloud asks to wait before a retry; empty if it does not say. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /**
     * How long to retry while the cloud keeps giving this answer; zero for never.
     *
     * @return empty if the deadline of the resource is the only limit
     */
    public Optional<Duration> patience() {
        return patience == null && !error.worthRetrying() ? Optional.of(Duration.ZERO) : Optional.ofNullable(patience);
    }

    /** Whether the same call can succeed later without any other change. */
    public boolean worthRetrying() {
        return !patience().equals(Optional.of(Duration.ZERO));
    }

    /** Builds a {@link CloudException}. Not safe for concurrent use. */
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
        private @Nullable String field;

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
            this.field = same.field;
        }

        /** The cloud's own error code. */
        public Builder code(String value) {
            code = value;
            return this;
        }

        /** What happened, as the cloud puts it if it gave a message. */
        public Builder message(String value) {
            message = value;
            return this;
        }

        /** What to do next, as a sentence. */
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

        /** How long the cloud asks to wait before a retry. */
        public Builder retryAfter(Duration value) {
            retryAfter = value;
            return this;
        }

        /** How long to retry. Default: up to the deadline of the resource, if this kind of error is worth retrying. */
        public Builder patience(Duration value) {
            patience = value;
            return this;
        }

        /** Path of the field of the spec that the cloud refuses. Default: none. */
        public Builder field(String path) {
            field = path;
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
