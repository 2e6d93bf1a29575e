// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import io.osmo.backend.cluster.Fact;

/**
 * Whether an empty pool got a node for a pod.
 *
 * @param name the pool
 * @param outcome unknown when the pod could not be created
 */
public record ScaleUpFacts(String name, Fact<Outcome> outcome) {
    /**
     * @param placed whether the pod was placed on a node in time
     * @param seconds how long it waited
     * @param said last message of the scheduler or the autoscaler; empty when it was placed
     */
    public record Outcome(boolean placed, long seconds, String said) {}

    @Override
    public String toString() {
        return "pool/" + name;
    }
}
