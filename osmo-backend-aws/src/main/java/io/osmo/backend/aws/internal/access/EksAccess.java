// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.access;

import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.cluster.ClusterAccess;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import software.amazon.awssdk.services.eks.model.Cluster;
import software.amazon.awssdk.services.eks.model.ClusterStatus;

/** How a cluster is reached, from what EKS says about it and what the settings put in its place. */
public final class EksAccess {
    private EksAccess() {}

    /** Empty as long as the cluster has no endpoint, or no longer answers. */
    public static Optional<ClusterAccess> of(AwsContext aws, Cluster cluster) {
        EksSettings settings = aws.settings();
        if (cluster.status() == ClusterStatus.CREATING
                || cluster.status() == ClusterStatus.PENDING
                || cluster.status() == ClusterStatus.DELETING
                || cluster.status() == ClusterStatus.FAILED) {
            return Optional.empty();
        }
        Optional<URI> endpoint = settings.clusterEndpoint()
                .or(() -> Optional.ofNullable(cluster.endpoint()).map(URI::create));
        return endpoint.map(uri -> new ClusterAccess(
                aws.name(),
                uri,
                "http".equals(uri.getScheme()) ? "" : certificate(settings, cluster),
                new EksTokens(aws.name(), aws.region(), aws.clients().credentials(), aws.scheduler()::now)));
    }

    private static String certificate(EksSettings settings, Cluster cluster) {
        return settings.clusterCertificate()
                .orElseGet(() -> cluster.certificateAuthority() == null
                                || cluster.certificateAuthority().data() == null
                        ? ""
                        : new String(
                                Base64.getMimeDecoder()
                                        .decode(cluster.certificateAuthority().data()),
                                StandardCharsets.UTF_8));
    }
}
