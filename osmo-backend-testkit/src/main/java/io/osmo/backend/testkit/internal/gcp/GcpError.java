// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp;

import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import java.io.Serial;

/** A refusal. The server that took the call turns it into a gRPC status or a REST error. */
public final class GcpError extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final Code code;
    private final int httpStatus;
    private final String reason;

    /**
     * @param reason REST's own code for it, such as {@code resourceInUseByAnotherResource}
     */
    public GcpError(Code code, int httpStatus, String reason, String message) {
        super(message, null, false, false);
        this.code = code;
        this.httpStatus = httpStatus;
        this.reason = reason;
    }

    /** As operations have it. */
    public Status status() {
        return Status.newBuilder()
                .setCode(code.getNumber())
                .setMessage(text())
                .addDetails(Any.pack(ErrorInfo.newBuilder().setReason(reason).build()))
                .build();
    }

    public Code code() {
        return code;
    }

    public int httpStatus() {
        return httpStatus;
    }

    public String reason() {
        return reason;
    }

    /** Whether the connection breaks instead of an answer. */
    public boolean isDisconnect() {
        return reason.equals("disconnected");
    }

    public String text() {
        return String.valueOf(getMessage());
    }

    public static GcpError notFound(String message) {
        return new GcpError(Code.NOT_FOUND, 404, "notFound", message);
    }

    public static GcpError alreadyExists(String message) {
        return new GcpError(Code.ALREADY_EXISTS, 409, "alreadyExists", message);
    }

    public static GcpError invalid(String message) {
        return new GcpError(Code.INVALID_ARGUMENT, 400, "invalid", message);
    }

    public static GcpError precondition(String message) {
        return new GcpError(Code.FAILED_PRECONDITION, 400, "failedPrecondition", message);
    }

    public static GcpError notReady(String message) {
        return new GcpError(Code.FAILED_PRECONDITION, 400, "resourceNotReady", message);
    }

    public static GcpError inUse(String message) {
        return new GcpError(Code.FAILED_PRECONDITION, 400, "resourceInUseByAnotherResource", message);
    }

    public static GcpError denied(String message) {
        return new GcpError(Code.PERMISSION_DENIED, 403, "forbidden", message);
    }

    public static GcpError quota(String message) {
        return new GcpError(Code.PERMISSION_DENIED, 403, "quotaExceeded", message);
    }

    public static GcpError aborted(String message) {
        return new GcpError(Code.ABORTED, 409, "aborted", message);
    }

    public static GcpError unavailable(String message) {
        return new GcpError(Code.UNAVAILABLE, 503, "backendError", message);
    }

    public static GcpError disconnected() {
        return new GcpError(Code.UNAVAILABLE, 503, "disconnected", "Connection reset by peer");
    }

    public static GcpError notEmulated(String operation) {
        return new GcpError(Code.UNIMPLEMENTED, 501, "notImplemented", operation + " is not emulated");
    }

    public static GcpError internal(String message) {
        return new GcpError(Code.INTERNAL, 500, "internalError", message);
    }

    /** A refusal by its HTTP status, with the gRPC code that belongs to it. */
    public static GcpError of(int status, String reason, String message) {
        Code code = switch (status) {
            case 400 ->
                reason.equals("failedPrecondition") || reason.startsWith("UREQ_PROJECT_BILLING_")
                        ? Code.FAILED_PRECONDITION
                        : Code.INVALID_ARGUMENT;
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
