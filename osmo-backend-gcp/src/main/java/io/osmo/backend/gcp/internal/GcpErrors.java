// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal;

import com.google.api.client.http.HttpResponseException;
import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns what clients throw and what operations end with into the errors that all clouds share. See <a
 * href="https://cloud.google.com/apis/design/errors">the error model</a> and the troubleshooting pages of GKE and Compute
 * Engine.
 */
public final class GcpErrors {
    /** Reason of a refusal when the project does not use the service. */
    static final String SERVICE_DISABLED = "SERVICE_DISABLED";

    private static final Pattern STOCK_OUT = Pattern.compile(
            "gce_stockout|zone_resource_pool_exhausted|does not have enough resources|resource pool exhausted",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern RATE = Pattern.compile(
            "rate.?limit|per minute|per second|queries per|requests per|too many requests", Pattern.CASE_INSENSITIVE);
    private static final Pattern QUOTA = Pattern.compile(
            "quota.*exceeded|exceeded.*quota|insufficient.*quota|gce_quota_exceeded", Pattern.CASE_INSENSITIVE);
    private static final Pattern BUSY = Pattern.compile(
            "incompatible operation|operation .*(in progress|running)|currently being|not ready|concurrent policy changes",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern IN_USE =
            Pattern.compile("in ?use|being used by|still (has|contains)|not empty", Pattern.CASE_INSENSITIVE);

    /** IAM and KMS are eventually consistent, and say so in prose. */
    private static final Pattern NOT_YET = Pattern.compile(
            "service account .*(does not exist|not found)|identity .*does not exist|"
                    + "(grant|permission).*cloudkms|cloudkms.*(permission|denied)|has not been used .* before|"
                    + "if you enabled this api recently",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private GcpErrors() {}

    static CloudException translate(String operation, ApiException failure) {
        Optional<RestFailure> answer = answer(failure);
        if (answer.isPresent()) {
            return translate(operation, answer.get(), failure);
        }
        String message = text(failure.getMessage());
        StatusCode.Code code = failure.getStatusCode().getCode();
        String reason = Optional.ofNullable(failure.getReason()).orElse(code.name());
        return exception(classify(code.name(), reason, message), operation, reason, message, failure);
    }

    /** Clients over HTTP give the status line only; the answer itself is in the cause. */
    private static Optional<RestFailure> answer(ApiException failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpResponseException response) {
                return Optional.of(RestFailure.of(response.getStatusCode(), response.getContent()));
            }
        }
        return Optional.empty();
    }

    static CloudException translate(String operation, RestFailure failure) {
        return translate(operation, failure, failure);
    }

    private static CloudException translate(String operation, RestFailure answer, Throwable cause) {
        String message = text(answer.getMessage());
        return exception(
                classify(code(answer.status()), answer.reason(), message), operation, answer.reason(), message, cause);
    }

    /** The failure of an operation that had been accepted. */
    public static CloudException failed(String operation, String code, String message) {
        return exception(classify(code, code, message), operation, code, message, null);
    }

    /** What a code and a message mean, for conditions of clusters and pools. */
    public static CloudError classify(String code, String reason, String message) {
        String all = code + " " + reason + " " + message;
        if (STOCK_OUT.matcher(all).find()) {
            return CloudError.NO_CAPACITY;
        }
        if (reason.toLowerCase(Locale.ROOT).contains("ratelimitexceeded") || reason.equals("RATE_LIMIT_EXCEEDED")) {
            return CloudError.THROTTLED;
        }
        boolean rate = RATE.matcher(message).find();
        if (!rate && QUOTA.matcher(all).find()) {
            return CloudError.QUOTA_EXCEEDED;
        }
        return switch (code) {
            case "NOT_FOUND", "RESOURCE_NOT_FOUND" -> CloudError.NOT_FOUND;
            case "ALREADY_EXISTS", "RESOURCE_ALREADY_EXISTS" -> CloudError.ALREADY_EXISTS;
            case "ABORTED", "CONFLICT" ->
                message.toLowerCase(Locale.ROOT).contains("already exists")
                        ? CloudError.ALREADY_EXISTS
                        : IN_USE.matcher(message).find() ? CloudError.DEPENDENCY_VIOLATION : CloudError.CONFLICT;
            case "RESOURCE_EXHAUSTED" -> CloudError.THROTTLED;
            case "UNAVAILABLE", "DEADLINE_EXCEEDED", "INTERNAL", "INTERNAL_ERROR", "CANCELLED", "UNKNOWN" ->
                CloudError.UNAVAILABLE;
            case "PERMISSION_DENIED", "UNAUTHENTICATED" ->
                NOT_YET.matcher(message).find() && !rate ? CloudError.NOT_YET_CONSISTENT : CloudError.NOT_AUTHORISED;
            case "FAILED_PRECONDITION",
                    "INVALID_ARGUMENT",
                    "RESOURCE_NOT_READY",
                    "RESOURCE_IN_USE_BY_ANOTHER_RESOURCE" -> refused(code, reason, message);
            default -> CloudError.UNKNOWN;
        };
    }

    private static CloudError refused(String code, String reason, String message) {
        if (BUSY.matcher(message).find() || code.equals("RESOURCE_NOT_READY") || reason.equals("resourceNotReady")) {
            return CloudError.CONFLICT;
        }
        if (IN_USE.matcher(message).find()
                || code.startsWith("RESOURCE_IN_USE")
                || reason.startsWith("resourceInUse")) {
            return CloudError.DEPENDENCY_VIOLATION;
        }
        if (NOT_YET.matcher(message).find()) {
            return CloudError.NOT_YET_CONSISTENT;
        }
        return CloudError.INVALID_REQUEST;
    }

    /** The code of the error model for a status of HTTP, as gax maps it for REST clients too. */
    private static String code(int status) {
        return switch (status) {
            case 0, 500, 502, 503, 504 -> "UNAVAILABLE";
            case 400 -> "INVALID_ARGUMENT";
            case 401 -> "UNAUTHENTICATED";
            case 403 -> "PERMISSION_DENIED";
            case 404 -> "NOT_FOUND";
            case 409 -> "ABORTED";
            case 412 -> "FAILED_PRECONDITION";
            case 429 -> "RESOURCE_EXHAUSTED";
            default -> "HTTP_" + status;
        };
    }

    private static String text(@Nullable String message) {
        return message == null ? "no message" : message;
    }

    private static CloudException exception(
            CloudError error, String operation, String code, String message, @Nullable Throwable cause) {
        return CloudException.of(error, operation)
                .code(code)
                .message(message)
                .remedy(remedy(error, operation))
                .cause(cause)
                .build();
    }

    private static String remedy(CloudError error, String operation) {
        return switch (error) {
            case NOT_AUTHORISED ->
                "Grant " + operation
                        + " to the credentials in use, or use others; `gcloud auth list` shows whose they are.";
            case QUOTA_EXCEEDED ->
                "Request more on the Quotas page of the console, or delete what is no longer used, then apply again.";
            case NO_CAPACITY -> "Try again later, or give the pool more zones, another machine type or a reservation.";
            case CONFLICT -> "Let the other operation on the same object finish, then apply again.";
            case DEPENDENCY_VIOLATION -> "Delete what still uses the object, then apply again.";
            case THROTTLED -> "Apply again later, with fewer callers in the same project.";
            case UNAVAILABLE -> "Check the network and status.cloud.google.com, then apply again.";
            case NOT_YET_CONSISTENT -> "Apply again in a minute.";
            case NOT_FOUND -> "Check that nothing else deletes objects of this backend, then apply again.";
            case ALREADY_EXISTS -> "Choose another name for the backend, or delete the object of the same name.";
            case INVALID_REQUEST -> "Correct the request as the message says, then apply again.";
            case UNKNOWN -> "Look up the operation in the logs of the console.";
        };
    }
}
