// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.drain;

import io.fabric8.kubernetes.api.model.Node;
import java.util.List;
import java.util.Optional;

/**
 * A node of the pool.
 *
 * @param cordoned whether it takes no new pods
 * @param lost whether its kubelet has stopped reporting, so that nothing on it can be confirmed to have ended
 */
record DrainedNode(String name, boolean cordoned, boolean lost) {
    static DrainedNode of(Node node) {
        boolean lost = Optional.ofNullable(node.getStatus()).map(s -> s.getConditions()).orElse(List.of()).stream()
                .anyMatch(c -> "Ready".equals(c.getType()) && "Unknown".equals(c.getStatus()));
        return new DrainedNode(
                node.getMetadata().getName(),
                node.getSpec() != null && Boolean.TRUE.equals(node.getSpec().getUnschedulable()),
                lost);
    }
}
