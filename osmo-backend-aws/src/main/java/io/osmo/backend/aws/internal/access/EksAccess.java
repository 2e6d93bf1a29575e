// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.access;

import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.cluster.ClusterAccess;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.eks.model.Cluster;
import software.amazon.awssdk.services.eks.model.ClusterStatus;

/** How a cluster is reached: as EKS says, unless the settings say otherwise. */
public final class EksAccess {
    private static final Set<ClusterStatus> SILENT =
            Set.of(ClusterStatus.CREATING, ClusterStatus.PENDING, ClusterStatus.DELETING, ClusterStatus.FAILED);

    private EksAccess() {}

    /** Empty as long as the cluster has no endpoint, or no longer answers. */
    public static Optional<ClusterAccess> of(Cluster cluster, EksSettings settings, EksTokens tokens) {
        if (SILENT.contains(cluster.status())) {
            return Optional.empty();
        }
        return settings.clusterEndpoint()
                .or(() -> Optional.ofNullable(cluster.endpoint()).map(URI::create))
                .map(uri -> new ClusterAccess(
                        cluster.name(),
                        uri,
                        "http".equals(uri.getScheme()) ? Optional.empty() : Optional.of(certificate(settings, cluster)),
                        tokens));
    }

    private static String certificate(EksSettings settings, Cluster cluster) {
        return settings.clusterCertificate()
                .or(() -> Optional.ofNullable(cluster.certificateAuthority())
                        .flatMap(authority -> Optional.ofNullable(authority.data()))
                        .map(data -> new String(Base64.getMimeDecoder().decode(data), StandardCharsets.UTF_8)))
                .orElse("");
    }
}
