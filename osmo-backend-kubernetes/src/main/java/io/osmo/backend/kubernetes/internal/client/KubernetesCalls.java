// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.client;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.error.OsmoBackendException;
import io.osmo.backend.spi.provider.NoAnswer;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes calls to the Kubernetes API and translates failures to typed exceptions. */
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

    /**
     * The items of a list. What is no list of objects, such as the answer of a proxy with status 200, is an error: taken for an empty list,
     * it would say that nothing is there.
     *
     * @throws CloudException as {@link #call}, and with the code {@code NotKubernetes}
     */
    public static <T extends HasMetadata> List<T> list(
            String operation, Supplier<? extends KubernetesResourceList<T>> call) {
        return page(operation, call).getItems();
    }

    /** A page of a list, likewise. */
    public static <T extends HasMetadata> KubernetesResourceList<T> page(
            String operation, Supplier<? extends KubernetesResourceList<T>> call) {
        KubernetesResourceList<T> page = call(operation, call::get);
        if (page == null
                || page.getMetadata() == null
                || page.getItems() == null
                || !page.getItems().stream().allMatch(KubernetesCalls::isObject)) {
            throw notKubernetes(operation);
        }
        return page;
    }

    /**
     * One object; empty if there is none.
     *
     * @throws CloudException as {@link #list}
     */
    public static <T extends HasMetadata> Optional<T> find(String operation, Supplier<? extends T> call) {
        Optional<T> found = Optional.ofNullable(call(operation, call::get));
        if (found.isPresent() && !isObject(found.get())) {
            throw notKubernetes(operation);
        }
        return found;
    }

    private static boolean isObject(@Nullable HasMetadata object) {
        return object != null
                && object.getMetadata() != null
                && object.getMetadata().getName() != null
                && !object.getMetadata().getName().isEmpty();
    }

    /** Something else than an API server answers. */
    public static CloudException notKubernetes(String operation) {
        return CloudException.builder(CloudError.INVALID_REQUEST, "kubernetes:" + operation)
                .code("NotKubernetes")
                .message("the answer is not one of a Kubernetes API")
                .remedy("Check what answers at the cluster's address: a proxy or a login page may be between.")
                .build();
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
                    operation,
                    KubernetesErrorTable.FIELD_CONFLICT,
                    e,
                    "another field manager owns the fields to change: "
                            + conflicts.stream()
                                    .map(c -> c.getField() + " (" + c.getMessage() + ")")
                                    .collect(Collectors.joining(", ")));
        }
        if (root(e) instanceof BodyLimit.TooLong tooLong) {
            return failure(operation, KubernetesErrorTable.TOO_LONG, e, String.valueOf(tooLong.getMessage()));
        }
        if (e.getCode() <= 0 && (NoAnswer.isReason(e) || root(e) instanceof InterruptedException)) {
            return KubernetesErrorTable.table().noAnswer(operation, e);
        }
        return switch (e.getCode()) {
            case 301, 302, 303, 307, 308 ->
                failure(
                        operation,
                        KubernetesErrorTable.REDIRECT,
                        e,
                        "the address of the cluster answers with a redirect, which is not followed: the credential is for that"
                                + " address alone");
            case 401 -> failure(operation, reason, e, "the cluster does not know the credentials");
            default -> failure(operation, reason, e, said);
        };
    }

    private static List<StatusCause> fieldConflicts(Optional<Status> status) {
        return status.map(Status::getDetails).map(d -> d.getCauses()).orElse(List.of()).stream()
                .filter(c -> "FieldManagerConflict".equals(c.getReason()))
                .toList();
    }

    private static Throwable root(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static CloudException failure(
            String operation, String code, KubernetesClientException cause, String message) {
        return KubernetesErrorTable.table()
                .translate(operation, List.of(code, "HTTP-" + cause.getCode()), message)
                .cause(cause)
                .build();
    }
}
