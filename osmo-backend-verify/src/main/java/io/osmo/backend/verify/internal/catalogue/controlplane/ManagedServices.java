// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.controlplane;

import io.osmo.backend.verify.snapshot.NodeFacts;
import java.util.Optional;

/** Tells the managed services apart by what their nodes say of themselves. */
final class ManagedServices {
    private ManagedServices() {}

    /** The service that a node belongs to; empty when it is none of the three. */
    static Optional<String> of(NodeFacts node) {
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
