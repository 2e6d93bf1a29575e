// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

import java.util.regex.Pattern;

/**
 * A taint of a pool's nodes.
 *
 * @param key such as {@code nvidia.com/gpu}
 * @param value may be empty
 * @param effect what the taint does
 */
public record Taint(String key, String value, Effect effect) {
    /** Of Kubernetes, of agents that are not ready yet, and of autoscalers. */
    private static final Pattern STATE = Pattern.compile("node\\.kubernetes\\.io/.*"
            + "|node\\.cloudprovider\\.kubernetes\\.io/.*"
            + "|.*/agent-not-ready"
            + "|(startup|status|ignore)-taint\\.cluster-autoscaler\\.kubernetes\\.io/.*"
            + "|(ToBeDeletedBy|DeletionCandidateOf)ClusterAutoscaler"
            + "|karpenter\\.sh/(disrupted|disruption|unregistered)");

    /** Effects in Kubernetes' meaning. */
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
    }

    /** Whether it tells the state of its node, such as that it is cordoned or about to be removed, and not the purpose of the pool. */
    public boolean tellsState() {
        return STATE.matcher(key).matches();
    }

    /** Kubernetes' short form, {@code key=value:Effect}. */
    @Override
    public String toString() {
        return key + (value.isEmpty() ? "" : "=" + value) + ":" + effect.kubernetes();
    }
}
