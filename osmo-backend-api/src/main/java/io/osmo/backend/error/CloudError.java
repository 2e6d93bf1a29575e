// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.error;

/** What kind of answer a cloud gave, the same for all clouds. */
public enum CloudError {
    NOT_AUTHORISED(false),
    QUOTA_EXCEEDED(false),
    NO_CAPACITY(false),
    /** Something else is being done to the same object; trying later helps. */
    CONFLICT(true),
    /** Something still uses the object; trying later helps once the user of it is gone. */
    DEPENDENCY_VIOLATION(true),
    THROTTLED(true),
    /** 5xx, connection lost, timeout: the call may or may not have taken effect. */
    UNAVAILABLE(true),
    /** Something that was just made is not visible yet, such as a role that cannot be assumed. */
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
     * Whether the same call can succeed later without anybody changing anything, as a rule; {@link CloudException#worthRetrying()} knows
     * the exceptions.
     */
    public boolean worthRetrying() {
        return worthRetrying;
    }
}
