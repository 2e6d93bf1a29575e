// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.access;

import com.google.container.v1.Cluster;
import com.google.container.v1.ControlPlaneEndpointsConfig.DNSEndpointConfig;
import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.gcp.internal.GcpContext;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * How the API of a cluster is reached: as the settings say, else by its DNS name where that is open, else by its address.
 * Behind the DNS name stands a certificate of a public authority, behind the address one of the cluster's own.
 */
public final class GkeAccess {
    private GkeAccess() {}

    /** Empty as long as the cluster has no API. */
    public static Optional<ClusterAccess> of(GcpContext gcp, Cluster cluster) {
        if (cluster.getStatus() == Cluster.Status.PROVISIONING
                || cluster.getStatus() == Cluster.Status.STOPPING
                || cluster.getEndpoint().isEmpty()) {
            return Optional.empty();
        }
        String own = new String(
                Base64.getMimeDecoder().decode(cluster.getMasterAuth().getClusterCaCertificate()),
                StandardCharsets.US_ASCII);
        DNSEndpointConfig dns = cluster.getControlPlaneEndpointsConfig().getDnsEndpointConfig();
        Optional<URI> elsewhere =
                gcp.settings().clusterEndpoint().or(() -> gcp.clients().kubernetes(gcp.name()));
        if (elsewhere.isPresent()) {
            String authority = "http".equals(elsewhere.get().getScheme())
                    ? ""
                    : gcp.settings().clusterCertificate().orElse(own);
            return Optional.of(access(gcp, elsewhere.get(), authority));
        }
        return Optional.of(
                dns.getAllowExternalTraffic() && !dns.getEndpoint().isEmpty()
                        ? access(gcp, URI.create("https://" + dns.getEndpoint()), PublicAuthorities.pem())
                        : access(gcp, URI.create("https://" + cluster.getEndpoint()), own));
    }

    private static ClusterAccess access(GcpContext gcp, URI endpoint, String authority) {
        return new ClusterAccess(gcp.name(), endpoint, authority, new GkeTokens(gcp.clients(), gcp.scheduler()::now));
    }
}
