// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import io.osmo.backend.cluster.Fact;

/**
 * A queue of KAI.
 *
 * @param parent its parent queue; empty for a top-level queue
 * @param osmoNamespace value of the label {@code osmo.namespace}, by which OSMO's operator finds the queues that it manages; empty
 *     when there is none
 */
public record QueueFacts(String name, Fact<String> parent, Fact<String> osmoNamespace) {
    @Override
    public String toString() {
        return "queue/" + name;
    }
}
