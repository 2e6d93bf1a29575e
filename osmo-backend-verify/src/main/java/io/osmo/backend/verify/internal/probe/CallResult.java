// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.probe;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.internal.rules.KaiWebhook;
import java.util.Optional;

/** How a call to the cluster ended. */
sealed interface CallResult<T> {
    /** What the call returned; empty when it failed. */
    default Optional<T> done() {
        return this instanceof Done<T> done ? Optional.of(done.value()) : Optional.empty();
    }

    record Done<T>(T value) implements CallResult<T> {}

    /**
     * @param right what the call needed
     * @param message what the API server said, or the client when there was no answer
     */
    record Failed<T>(Right right, Cause cause, String message) implements CallResult<T> {
        private static final int FORBIDDEN = 403;

        static <T> Failed<T> of(Right right, Throwable failure) {
            if (failure instanceof KubernetesClientException refused) {
                boolean told =
                        refused.getStatus() != null && refused.getStatus().getMessage() != null;
                String message = String.valueOf(told ? refused.getStatus().getMessage() : refused.getMessage());
                return refused.getCode() <= 0 && !told
                        ? new Failed<>(right, Cause.NO_ANSWER, Refusal.withoutAddress(root(refused)))
                        : new Failed<>(right, cause(refused.getCode(), message), message);
            }
            return new Failed<>(right, Cause.OTHER, String.valueOf(failure.getMessage()));
        }

        private static String root(Throwable failure) {
            Throwable root = failure;
            while (root.getCause() != null && root.getCause() != root) {
                root = root.getCause();
            }
            return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        }

        /** The API server has no code for most of these. */
        private static Cause cause(int code, String message) {
            if (message.contains("serviceaccount \"default\" not found")) {
                return Cause.NO_SERVICE_ACCOUNT_YET;
            }
            if (KaiWebhook.refused(message)) {
                return Cause.KAI_WEBHOOK;
            }
            if (Refusal.of(message).isPresent()) {
                return Cause.REJECTED;
            }
            return code == FORBIDDEN ? Cause.NO_RIGHT : Cause.OTHER;
        }

        /** What went wrong, in words. */
        String reason() {
            return switch (cause) {
                case NO_RIGHT ->
                    "403 on " + right.action() + ": " + message + "; grant the rule " + right.rule()
                            + " with a ClusterRole";
                case NO_ANSWER -> "the API server did not answer (" + right.action() + "): " + message;
                default -> "could not " + right.action() + ": " + message;
            };
        }

        /** The same as a fact, with what to do about it where that is known. */
        <F> Fact<F> unknown() {
            return switch (cause) {
                case REJECTED ->
                    Fact.unknown(reason(), Refusal.of(message).orElseThrow().remedy());
                case NO_ANSWER ->
                    Fact.unknown(
                            reason(),
                            "Verify again once the API server answers; see control-plane.endpoint-reachable.");
                default -> Fact.unknown(reason());
            };
        }
    }

    /** What kind of failure it was. */
    enum Cause {
        /** The credential does not have the right. */
        NO_RIGHT,
        /** A controller gives a new namespace its service account a moment after it was created. */
        NO_SERVICE_ACCOUNT_YET,
        /** KAI's webhook, which sees every pod for KAI, did not admit the pod. */
        KAI_WEBHOOK,
        /** A quota, a limit, a policy or a webhook did not admit it; more rights would not help. */
        REJECTED,
        /** There was no response. */
        NO_ANSWER,
        OTHER
    }
}
