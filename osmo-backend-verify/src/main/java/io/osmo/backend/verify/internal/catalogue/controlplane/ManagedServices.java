// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.controlplane;

import io.osmo.backend.verify.snapshot.NodeFacts;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells the managed services apart by what their nodes say of themselves. */
public final class ManagedServices {
    private ManagedServices() {}

    /** Whether a node is a machine of one of the three clouds, whoever made a cluster of it. */
    public static boolean ofCloud(NodeFacts node) {
        return Stream.of("aws:", "gce:", "azure:").anyMatch(node.providerId()::startsWith);
    }

    /** The service that a node belongs to; empty when it is none of the three. */
    public static Optional<String> of(NodeFacts node) {
        String id = node.providerId();
        String kubelet = node.kubeletVersion();
        if (id.startsWith("aws://") && kubelet.contains("-eks-")) {
            return Optional.of("EKS");
        }
        if (id.startsWith("gce://") && kubelet.contains("-gke.")) {
            return Optional.of("GKE");
        }
        if (id.startsWith("azure://")
                && !node.label("kubernetes.azure.com/cluster").isEmpty()) {
            return Optional.of("AKS");
        }
        return Optional.empty();
    }
}
