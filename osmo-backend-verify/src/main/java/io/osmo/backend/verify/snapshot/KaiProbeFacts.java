// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import io.osmo.backend.cluster.Fact;

/**
 * Whether KAI placed a pod on a node of a pool, in a queue of its own.
 *
 * @param name the pool
 * @param refusal what KAI or its webhook said when it did not; empty when the pod ran; unknown when the pool had no room, or the
 *     pod could not be created, or did not run after it was placed
 */
public record KaiProbeFacts(String name, Fact<String> refusal) {
    @Override
    public String toString() {
        return "pool/" + name;
    }
}
