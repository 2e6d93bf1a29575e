// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.api.client.http.HttpResponseException;
import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.spi.provider.NoAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns what clients throw and what operations end with into the errors that all clouds share, as {@link GcpErrorTable} says.
 *
 * @see <a href="https://cloud.google.com/apis/design/errors">the error model</a>
 */
public final class GcpErrors {
    /** Reason of a refusal when the project does not use the service. */
    static final String SERVICE_DISABLED = "SERVICE_DISABLED";

    /** How gRPC and the credentials say that there was no token to send along. */
    private static final Pattern NO_TOKEN = Pattern.compile(
            "credentials failed to obtain metadata|error (getting|requesting) access token|invalid_grant|invalid_rapt|"
                    + "application default credentials|security access token from compute engine metadata",
            Pattern.CASE_INSENSITIVE);

    private GcpErrors() {}

    /** @param existingKey whether the spec names a KMS key that exists */
    static CloudException translate(String operation, ApiException failure, boolean existingKey) {
        // Whoever refuses a token answers too, and that is no answer to the call.
        if (NO_TOKEN.matcher(texts(failure)).find()) {
            return noCredentials(operation, failure);
        }
        Optional<RestFailure> answer = answer(failure);
        if (answer.isPresent()) {
            return translate(operation, answer.get(), failure, existingKey);
        }
        String message = text(failure.getMessage());
        StatusCode.Code code = failure.getStatusCode().getCode();
        if (code == StatusCode.Code.UNAVAILABLE && NoAnswer.isReason(failure)) {
            return GcpErrorTable.table().noAnswer(operation, failure);
        }
        return exception(
                operation, code.name(), Optional.ofNullable(failure.getReason()), message, failure, existingKey);
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

    static CloudException translate(String operation, RestFailure failure, boolean existingKey) {
        return translate(operation, failure, failure, existingKey);
    }

    private static CloudException translate(
            String operation, RestFailure answer, Throwable cause, boolean existingKey) {
        if (answer.status() == 0 && NO_TOKEN.matcher(texts(answer)).find()) {
            return noCredentials(operation, answer);
        }
        if (answer.reason().equals(RestFailure.NO_ANSWER)) {
            return GcpErrorTable.table().noAnswer(operation, answer);
        }
        return exception(
                operation,
                code(answer.status()),
                Optional.of(answer.reason()),
                text(answer.getMessage()),
                cause,
                existingKey);
    }

    /** Credentials that are missing, or that give no token. */
    public static CloudException noCredentials(String operation, Throwable failure) {
        if (NoAnswer.isReason(failure) && NoAnswer.of(failure) != NoAnswer.CONNECTION_LOST) {
            return GcpErrorTable.table().noAnswer(operation, failure);
        }
        return GcpErrorTable.table()
                .translate(
                        operation,
                        List.of(GcpErrorTable.NO_CREDENTIALS),
                        "no usable credentials: " + innermost(failure))
                .cause(failure)
                .build();
    }

    /** The failure of an operation that had been accepted. */
    public static CloudException failed(String operation, String code, String message) {
        return exception(operation, code, Optional.empty(), message, null, false);
    }

    /** The failure of an operation that had been accepted. */
    static CloudException failed(String operation, Status status) {
        Code code = Code.forNumber(status.getCode());
        return exception(
                operation,
                (code == null ? Code.UNKNOWN : code).name(),
                status.getDetailsList().stream()
                        .filter(detail -> detail.is(ErrorInfo.class))
                        .findFirst()
                        .map(GcpErrors::reason),
                status.getMessage().isEmpty() ? "no message" : status.getMessage(),
                null,
                false);
    }

    private static String reason(Any detail) {
        try {
            return detail.unpack(ErrorInfo.class).getReason();
        } catch (InvalidProtocolBufferException unreadable) {
            return "";
        }
    }

    /**
     * The failure of an operation that had been accepted, as services that are called by URL give it.
     *
     * @param status a {@code google.rpc.Status}
     */
    public static CloudException failed(String operation, JsonNode status) {
        Code code = Code.forNumber(status.path("code").asInt());
        return exception(
                operation,
                (code == null ? Code.UNKNOWN : code).name(),
                RestFailure.reason(status),
                status.path("message").asText("no message"),
                null,
                false);
    }

    /** What a code and a message mean, for conditions of clusters and pools. */
    public static CloudError classify(String code, String reason, String message) {
        return GcpErrorTable.table().row(List.of(reason, code), message).error();
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
            default -> "HTTP-" + status;
        };
    }

    private static String text(@Nullable String message) {
        return message == null ? "no message" : message;
    }

    private static String texts(Throwable failure) {
        StringBuilder texts = new StringBuilder();
        Throwable cause = failure;
        for (int i = 0; cause != null && i < 10; i++) {
            texts.append(cause.getMessage()).append('\n');
            cause = cause.getCause();
        }
        return texts.toString();
    }

    private static String innermost(Throwable failure) {
        String said = "";
        Throwable cause = failure;
        for (int i = 0; cause != null && i < 10; i++) {
            said = cause.getMessage() == null || cause.getMessage().isBlank() ? said : cause.getMessage();
            cause = cause.getCause();
        }
        return said.isEmpty() ? failure.getClass().getSimpleName() : said;
    }

    private static CloudException exception(
            String operation,
            String code,
            Optional<String> reason,
            String message,
            @Nullable Throwable cause,
            boolean existingKey) {
        List<String> codes = new ArrayList<>(List.of(reason.orElse(code), code));
        if (existingKey) {
            codes.add(code + GcpErrorTable.EXISTING_KEY);
        }
        return NearestRegion.of(
                GcpErrorTable.table()
                        .translate(operation, codes, message)
                        .cause(cause)
                        .build(),
                message);
    }
}
