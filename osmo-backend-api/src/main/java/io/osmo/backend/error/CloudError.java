// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.error;

/** Kinds of errors, the same for all clouds. */
public enum CloudError {
    NOT_AUTHORIZED(false),
    QUOTA_EXCEEDED(false),
    NO_CAPACITY(false),
    /** Another operation on the same object is running; retrying later helps. */
    CONFLICT(true),
    /** Something still uses the object; retrying helps once that is gone. */
    DEPENDENCY_VIOLATION(true),
    THROTTLED(true),
    /** 5xx, connection lost, timeout: the call may or may not have taken effect. */
    UNAVAILABLE(true),
    /** Something that was just created is not visible yet, such as a role that cannot be assumed. */
    NOT_YET_CONSISTENT(true),
    NOT_FOUND(false),
    ALREADY_EXISTS(false),
    INVALID_REQUEST(false),
    UNKNOWN(false);

    private final boolean worthRetrying;

    CloudError(boolean worthRetrying) {
        this.worthRetrying = worthRetrying;
    }

    /**
     * Whether the same call can usually succeed later without any other change. {@link CloudException#worthRetrying()} knows the
     * exceptions.
     */
    public boolean worthRetrying() {
        return worthRetrying;
    }
}
