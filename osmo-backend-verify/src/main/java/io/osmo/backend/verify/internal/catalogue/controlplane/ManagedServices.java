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
        if (id.startsWith("aws://") || id.startsWith("eks-hybrid://")) {
            return ofVersion(kubelet).filter("EKS"::equals);
        }
        if (id.startsWith("gce://")) {
            return ofVersion(kubelet).filter("GKE"::equals);
        }
        if (id.startsWith("azure://")
                && !node.label("kubernetes.azure.com/cluster").isEmpty()) {
            return Optional.of("AKS");
        }
        return Optional.empty();
    }

    /** The service whose build of Kubernetes a version is; AKS does not mark its own. */
    static Optional<String> ofVersion(String version) {
        return version.contains("-eks-")
                ? Optional.of("EKS")
                : version.contains("-gke.") ? Optional.of("GKE") : Optional.empty();
    }
}
