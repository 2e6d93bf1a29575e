// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A taint of a pool's nodes.
 *
 * @param key such as {@code nvidia.com/gpu}
 * @param value may be empty
 * @param effect what the taint does
 */
public record Taint(String key, String value, Effect effect) {
    /** Taints of Kubernetes, of agents that are not ready yet, and of autoscalers. */
    private static final Pattern STATE = Pattern.compile("node\\.kubernetes\\.io/.*"
            + "|node\\.cloudprovider\\.kubernetes\\.io/.*"
            + "|.*/agent-not-ready"
            + "|(startup|status|ignore)-taint\\.cluster-autoscaler\\.kubernetes\\.io/.*"
            + "|(ToBeDeletedBy|DeletionCandidateOf)ClusterAutoscaler"
            + "|karpenter\\.sh/(disrupted|disruption|unregistered)");

    /** The effects that Kubernetes defines. */
    public enum Effect {
        NO_SCHEDULE("NoSchedule"),
        PREFER_NO_SCHEDULE("PreferNoSchedule"),
        NO_EXECUTE("NoExecute");

        private final String kubernetes;

        Effect(String kubernetes) {
            this.kubernetes = kubernetes;
        }

        /** Kubernetes' own spelling. */
        public String kubernetes() {
            return kubernetes;
        }

        /** Parses an effect in {@linkplain #kubernetes Kubernetes' own spelling}; empty if it is not one. */
        public static Optional<Effect> ofKubernetes(@Nullable String text) {
            return Stream.of(values())
                    .filter(effect -> effect.kubernetes.equals(text))
                    .findFirst();
        }
    }

    /** Parses Kubernetes' short form, {@code key=value:Effect} or {@code key:Effect}; empty if it is neither. */
    public static Optional<Taint> parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        String[] pair = text.substring(0, colon).split("=", 2);
        return Effect.ofKubernetes(text.substring(colon + 1))
                .map(effect -> new Taint(pair[0], pair.length == 2 ? pair[1] : "", effect));
    }

    /** Whether it expresses a state of the node, such as cordoned or about to be removed, rather than the purpose of the pool. */
    public boolean tellsState() {
        return STATE.matcher(key).matches();
    }

    /** Kubernetes' short form, {@code key=value:Effect}. */
    @Override
    public String toString() {
        return key + (value.isEmpty() ? "" : "=" + value) + ":" + effect.kubernetes();
    }
}
