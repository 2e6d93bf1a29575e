// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.client;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.error.OsmoBackendException;
import java.io.IOException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Calls of the Kubernetes API whose failures are typed. */
public final class KubernetesCalls {
    private KubernetesCalls() {}

    /**
     * @param operation what is done to what, such as {@code get Namespace osmo-operator}; never holds a secret
     * @throws CloudException for whatever the API, or the way to it, answered
     */
    public static <T> T call(String operation, Supplier<T> call) {
        try {
            return call.get();
        } catch (KubernetesClientException e) {
            // A token supplier that failed has said it all already.
            throw causeOfOurs(e).orElseGet(() -> translate("kubernetes:" + operation, e));
        }
    }

    private static Optional<OsmoBackendException> causeOfOurs(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof OsmoBackendException ours) {
                return Optional.of(ours);
            }
        }
        return Optional.empty();
    }

    private static CloudException translate(String operation, KubernetesClientException e) {
        Optional<Status> status = Optional.ofNullable(e.getStatus());
        String reason = status.map(Status::getReason).filter(r -> !r.isEmpty()).orElse(String.valueOf(e.getCode()));
        String said = status.map(Status::getMessage)
                .filter(m -> !m.isEmpty())
                .or(() -> Optional.ofNullable(e.getMessage()))
                .orElse("no message");
        List<StatusCause> conflicts = fieldConflicts(status);
        if (!conflicts.isEmpty()) {
            return failure(
                    CloudError.CONFLICT,
                    operation,
                    "FieldManagerConflict",
                    "another field manager owns what has to be changed: "
                            + conflicts.stream()
                                    .map(c -> c.getField() + " (" + c.getMessage() + ")")
                                    .collect(Collectors.joining(", ")),
                    "Let that field manager give up the field, or change it there, and apply again.",
                    e);
        }
        if (root(e) instanceof BodyLimit.TooLong tooLong) {
            return failure(
                    CloudError.INVALID_REQUEST,
                    operation,
                    "AnswerTooLong",
                    String.valueOf(tooLong.getMessage()),
                    "Check what answers at the cluster's address; for a very large cluster give the Java process more heap.",
                    e);
        }
        if (e.getCode() <= 0 && unanswered(e)) {
            return failure(
                    CloudError.UNAVAILABLE,
                    operation,
                    "Unreachable",
                    "the cluster's API does not answer: " + root(e),
                    "Check that this machine can reach the cluster's API endpoint: its address, the ranges that may"
                            + " access it, proxies.",
                    e);
        }
        return switch (e.getCode()) {
            case 301, 302, 303, 307, 308 ->
                failure(
                        CloudError.INVALID_REQUEST,
                        operation,
                        "Redirect",
                        "the address of the cluster answers with a redirect, which is not followed: the credential is for that"
                                + " address alone",
                        "Give the address of the cluster's API itself; a proxy or a login page may be between.",
                        e);
            case 400, 405, 413, 415, 422 ->
                failure(
                        CloudError.INVALID_REQUEST,
                        operation,
                        reason,
                        said,
                        "Correct what the API refuses; its message says what.",
                        e);
            case 401 ->
                failure(
                        CloudError.NOT_AUTHORISED,
                        operation,
                        reason,
                        "the cluster does not know the credentials",
                        "Give the principal of the credentials access to the cluster, and check the clock of this machine.",
                        e);
            case 403 ->
                failure(
                        CloudError.NOT_AUTHORISED,
                        operation,
                        reason,
                        said,
                        "Grant the missing permission in the cluster; the installer needs cluster-admin.",
                        e);
            case 404 ->
                failure(CloudError.NOT_FOUND, operation, reason, said, "Check that the cluster serves this API.", e);
            case 409 ->
                reason.equals("AlreadyExists")
                        ? failure(CloudError.ALREADY_EXISTS, operation, reason, said, "Plan again.", e)
                        : failure(CloudError.CONFLICT, operation, reason, said, "Apply again.", e);
            case 429 -> failure(CloudError.THROTTLED, operation, reason, said, "Apply again later.", e);
            default ->
                e.getCode() >= 500
                        ? failure(CloudError.UNAVAILABLE, operation, reason, said, "Apply again later.", e)
                        : failure(
                                CloudError.UNKNOWN,
                                operation,
                                reason,
                                said,
                                "Read the API's message and apply again.",
                                e);
        };
    }

    private static List<StatusCause> fieldConflicts(Optional<Status> status) {
        return status.map(Status::getDetails).map(d -> d.getCauses()).orElse(List.of()).stream()
                .filter(c -> "FieldManagerConflict".equals(c.getReason()))
                .toList();
    }

    /** Without an answer there is no code, and the cause is what went wrong on the way. */
    private static boolean unanswered(KubernetesClientException e) {
        Throwable root = root(e);
        return root instanceof IOException
                || root instanceof TimeoutException
                || root instanceof InterruptedException
                || root instanceof UnresolvedAddressException;
    }

    private static Throwable root(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static CloudException failure(
            CloudError error, String operation, String code, String message, String remedy, Throwable cause) {
        return CloudException.of(error, operation)
                .code(code)
                .message(message)
                .remedy(remedy)
                .cause(cause)
                .build();
    }
}
