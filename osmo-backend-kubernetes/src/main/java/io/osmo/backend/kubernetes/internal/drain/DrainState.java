// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.drain;

import java.util.List;

/**
 * What is left of the work on the nodes of a pool.
 *
 * @param nodes all nodes of the pool
 * @param work the pods that are left, and the budgets that cover them
 * @param total how many pods there were at most
 */
public record DrainState(List<DrainedNode> nodes, Work work, int total) {
    public DrainState {
        nodes = List.copyOf(nodes);
    }

    List<DrainedNode> uncordoned() {
        return nodes.stream().filter(node -> !node.cordoned()).toList();
    }

    /** Whether another pass can do something; else all that is left must be waited for. */
    boolean canProceed() {
        return !uncordoned().isEmpty() || work.pods().stream().anyMatch(pod -> pod.hold() == Hold.NONE);
    }
}
