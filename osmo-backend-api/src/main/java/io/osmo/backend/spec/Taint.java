// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

/**
 * A taint of a pool's nodes.
 *
 * @param key such as {@code nvidia.com/gpu}
 * @param value may be empty
 * @param effect what the taint does
 */
public record Taint(String key, String value, Effect effect) {
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

    /** Kubernetes' short form, {@code key=value:Effect}. */
    @Override
    public String toString() {
        return key + (value.isEmpty() ? "" : "=" + value) + ":" + effect.kubernetes();
    }
}
