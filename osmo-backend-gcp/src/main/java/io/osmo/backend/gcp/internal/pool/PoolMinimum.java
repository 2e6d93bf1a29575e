// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.pool;

import com.google.container.v1.NodePool;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Whether an existing pool has its minimum of nodes. The autoscaler does not raise a pool to it before a pod needs a node, see <a
 * href="https://docs.cloud.google.com/kubernetes-engine/docs/concepts/cluster-autoscaler">cluster autoscaler</a>, so that is done here.
 * Pure.
 */
record PoolMinimum(ObservedPool observed, int min, int max) {
    /** The nodes of a pool that has fewer than its minimum, and is getting no more. */
    Optional<Integer> below() {
        return observed.nodes().filter(nodes -> observed.pool().getStatus() == NodePool.Status.RUNNING && nodes < min);
    }

    /**
     * Nodes by zone that give the pool its minimum, as GKE sets the size of all zones to the same number. Empty where that would be more
     * than its maximum, or where nothing is missing.
     */
    Optional<Integer> each() {
        List<Integer> sizes = observed.sizes().orElse(List.of());
        if (sizes.isEmpty() || below().isEmpty()) {
            return Optional.empty();
        }
        int zones = sizes.size();
        // No zone loses a node.
        int each = Math.max((min + zones - 1) / zones, Collections.max(sizes));
        return each * zones <= max ? Optional.of(each) : Optional.empty();
    }

    /** What is missing though it cannot be added. */
    Optional<String> warning() {
        return below().filter(nodes -> each().isEmpty())
                .map(nodes -> "pool " + observed.pool().getName() + " has " + nodes + " nodes and a minimum of " + min
                        + ": GKE gives all zones the same number, which would exceed its maximum of " + max
                        + ", so the autoscaler adds the rest once a pod needs a node");
    }
}
