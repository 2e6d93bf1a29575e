// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.containerservice;

import io.osmo.backend.testkit.cluster.EmulatedNode;
import io.osmo.backend.testkit.internal.azure.arm.Resource;

/**
 * What AKS installs on a node.
 *
 * @param version of Kubernetes
 * @param image name of the node image
 */
record Release(String version, String image) {
    static final String IMAGE_LABEL = "kubernetes.azure.com/node-image-version";

    /** The release of a pool whose nodes are not being replaced. */
    static Release of(Resource pool) {
        return new Release(pool.computed("currentOrchestratorVersion"), pool.computed("nodeImageVersion"));
    }

    /** The release that a node has. A roll that failed leaves nodes of two in a pool. */
    static Release of(EmulatedNode node) {
        return new Release(node.kubelet().version().substring(1), node.labels().getOrDefault(IMAGE_LABEL, ""));
    }

    /** Whether the pool has ever had nodes, or could have. */
    boolean isKnown() {
        return !version.isEmpty();
    }

    void give(Resource pool) {
        pool.computed.put("currentOrchestratorVersion", version);
        pool.computed.put("nodeImageVersion", image);
    }
}
