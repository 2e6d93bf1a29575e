// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.existing;

import io.fabric8.kubernetes.api.model.Node;
import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.resource.ResourceId;
import java.util.List;

/**
 * The cluster as it was found.
 *
 * @param version version of the control plane, such as {@code v1.35.3}
 */
record ObservedCluster(ClusterAccess access, String version, List<Node> nodes) {
    static final ResourceId ID = ResourceId.of("cluster", "main");

    ObservedCluster {
        nodes = List.copyOf(nodes);
    }
}
