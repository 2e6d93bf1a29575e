// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.pool;

import io.osmo.backend.gcp.internal.catalog.KubernetesVersion;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodeImages;
import java.util.Optional;

/**
 * The desired version of a pool's nodes. In GKE, a version determines the node image, so a newer image is a newer version. Pure.
 *
 * @param minor lowest minor version of the nodes
 * @param latest whether they follow the control plane immediately; otherwise GKE upgrades them according to the release channel
 */
public record NodeVersion(Optional<String> minor, boolean latest) {
    /** Nothing is wanted. */
    static final NodeVersion ANY = new NodeVersion(Optional.empty(), false);

    static NodeVersion of(BackendSpec spec) {
        return new NodeVersion(spec.kubernetesVersion(), spec.nodeImages() == NodeImages.LATEST);
    }

    Optional<FieldChange> compare(ObservedPool observed) {
        String current = observed.pool().getVersion();
        String plane = observed.cluster().cluster().getCurrentMasterVersion();
        if (current.isEmpty() || plane.isEmpty()) {
            return Optional.empty();
        }
        return minor.filter(wanted -> KubernetesVersion.parse(wanted).minorsSince(KubernetesVersion.parse(current)) > 0)
                .or(() -> Optional.of(plane).filter(newer -> latest && isBehind(current, newer)))
                .map(wanted -> FieldChange.rolling("version", current, wanted));
    }

    /** What is not changed but should be known. */
    Optional<String> warning(ObservedPool observed) {
        String current = observed.pool().getVersion();
        String plane = observed.cluster().cluster().getCurrentMasterVersion();
        boolean told = current.isEmpty() || plane.isEmpty() || compare(observed).isPresent();
        return told || !isBehind(current, plane)
                ? Optional.empty()
                : Optional.of("the nodes of pool " + observed.pool().getName() + " have the image of " + current
                        + ", the control plane has " + plane
                        + ": GKE upgrades them by the release channel, or the next apply with nodeImages: latest");
    }

    /** The version that the nodes of a pool may be upgraded to, and with it their image: that of the control plane, if it is newer. */
    public static Optional<String> newer(String current, String plane) {
        return Optional.of(plane).filter(version -> !current.isEmpty() && !plane.isEmpty() && isBehind(current, plane));
    }

    private static boolean isBehind(String current, String plane) {
        return KubernetesVersion.parse(current).compareTo(KubernetesVersion.parse(plane)) < 0;
    }
}
