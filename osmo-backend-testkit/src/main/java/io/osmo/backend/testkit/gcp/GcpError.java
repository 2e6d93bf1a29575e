// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.gcp;

import com.google.rpc.Code;
import java.io.Serial;

/** A refusal, put into words of gRPC or of REST by whoever carries it to the caller. */
final class GcpError extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final Code code;
    private final int httpStatus;
    private final String reason;

    /**
     * @param reason the word in which REST says it, such as {@code resourceInUseByAnotherResource}
     */
    GcpError(Code code, int httpStatus, String reason, String message) {
        super(message, null, false, false);
        this.code = code;
        this.httpStatus = httpStatus;
        this.reason = reason;
    }

    Code code() {
        return code;
    }

    int httpStatus() {
        return httpStatus;
    }

    String reason() {
        return reason;
    }

    /** Whether the caller gets no answer at all. */
    boolean isDisconnect() {
        return reason.equals("disconnected");
    }

    String text() {
        return String.valueOf(getMessage());
    }

    static GcpError notFound(String message) {
        return new GcpError(Code.NOT_FOUND, 404, "notFound", message);
    }

    static GcpError alreadyExists(String message) {
        return new GcpError(Code.ALREADY_EXISTS, 409, "alreadyExists", message);
    }

    static GcpError invalid(String message) {
        return new GcpError(Code.INVALID_ARGUMENT, 400, "invalid", message);
    }

    static GcpError precondition(String message) {
        return new GcpError(Code.FAILED_PRECONDITION, 400, "failedPrecondition", message);
    }

    static GcpError notReady(String message) {
        return new GcpError(Code.FAILED_PRECONDITION, 400, "resourceNotReady", message);
    }

    static GcpError inUse(String message) {
        return new GcpError(Code.FAILED_PRECONDITION, 400, "resourceInUseByAnotherResource", message);
    }

    static GcpError denied(String message) {
        return new GcpError(Code.PERMISSION_DENIED, 403, "forbidden", message);
    }

    static GcpError quota(String message) {
        return new GcpError(Code.PERMISSION_DENIED, 403, "quotaExceeded", message);
    }

    static GcpError aborted(String message) {
        return new GcpError(Code.ABORTED, 409, "aborted", message);
    }

    static GcpError unavailable(String message) {
        return new GcpError(Code.UNAVAILABLE, 503, "backendError", message);
    }

    static GcpError disconnected() {
        return new GcpError(Code.UNAVAILABLE, 503, "disconnected", "Connection reset by peer");
    }

    static GcpError notEmulated(String operation) {
        return new GcpError(Code.UNIMPLEMENTED, 501, "notImplemented", operation + " is not emulated");
    }

    static GcpError internal(String message) {
        return new GcpError(Code.INTERNAL, 500, "internalError", message);
    }

    /** A refusal with a status of HTTP, as its code of gRPC says it. */
    static GcpError of(int status, String reason, String message) {
        Code code = switch (status) {
            case 400 -> reason.equals("failedPrecondition") ? Code.FAILED_PRECONDITION : Code.INVALID_ARGUMENT;
            case 401 -> Code.UNAUTHENTICATED;
            case 403 -> Code.PERMISSION_DENIED;
            case 404 -> Code.NOT_FOUND;
            case 409 -> reason.equals("alreadyExists") ? Code.ALREADY_EXISTS : Code.ABORTED;
            case 412 -> Code.FAILED_PRECONDITION;
            case 429 -> Code.RESOURCE_EXHAUSTED;
            case 501 -> Code.UNIMPLEMENTED;
            case 503 -> Code.UNAVAILABLE;
            default -> Code.INTERNAL;
        };
        return new GcpError(code, status, reason, message);
    }
}
