// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.error;

/** Kinds of errors, the same for all clouds. */
public enum CloudError {
    /** The credentials are missing or not accepted, lack a permission, or a policy forbids the call. */
    NOT_AUTHORIZED(false),
    /** A quota or limit of the account does not suffice. */
    QUOTA_EXCEEDED(false),
    /** The cloud has no machine of the type, or a subnet no free address. */
    NO_CAPACITY(false),
    /** Another operation on the same object is running; retrying later helps. */
    CONFLICT(true),
    /** Something still uses the object; retrying helps once that is gone. */
    DEPENDENCY_VIOLATION(true),
    /** Too many calls in a short time. */
    THROTTLED(true),
    /** 5xx, connection lost, timeout: the call may or may not have taken effect. */
    UNAVAILABLE(true),
    /** Something that was just created is not visible yet, such as a role that cannot be assumed. */
    NOT_YET_CONSISTENT(true),
    /** The object does not exist. */
    NOT_FOUND(false),
    /** Another object has the name. */
    ALREADY_EXISTS(false),
    /** The cloud refuses the call as it is: the same call will fail again. */
    INVALID_REQUEST(false),
    /** An error that no row of the tables in {@code docs/errors.md} describes. */
    UNKNOWN(false);

    private final boolean worthRetrying;

    CloudError(boolean worthRetrying) {
        this.worthRetrying = worthRetrying;
    }

    /**
     * Whether the same call can usually succeed later without any other change. Single errors may differ: see {@link
     * CloudException#worthRetrying()}.
     */
    public boolean worthRetrying() {
        return worthRetrying;
    }
}
