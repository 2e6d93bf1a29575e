// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.access;

import com.google.container.v1.Cluster;
import com.google.container.v1.ControlPlaneEndpointsConfig.DNSEndpointConfig;
import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.gcp.GcpClients;
import io.osmo.backend.gcp.GkeSettings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How the API of a cluster is reached: as the settings say, else by its DNS name where that is open, else by its address. The DNS
 * name has a certificate of a public authority, the address one of the cluster's own.
 */
public final class GkeAccess {
    /** Only an emulated GKE returns such an address. Its API servers have no TLS. */
    private static final String THIS_MACHINE = "127.0.0.1:";

    private final GcpClients clients;
    private final GkeSettings settings;
    private final GkeTokens tokens;

    public GkeAccess(GcpClients clients, GkeSettings settings, Supplier<Instant> now) {
        this.clients = clients;
        this.settings = settings;
        this.tokens = new GkeTokens(clients, now);
    }

    /** Empty as long as the cluster has no API. */
    public Optional<ClusterAccess> to(Cluster cluster) {
        return byToken(cluster).map(access -> access.with(GkePlugin.of(settings)));
    }

    private Optional<ClusterAccess> byToken(Cluster cluster) {
        if (cluster.getStatus() == Cluster.Status.PROVISIONING
                || cluster.getStatus() == Cluster.Status.STOPPING
                || cluster.getEndpoint().isEmpty()) {
            return Optional.empty();
        }
        String own = new String(
                Base64.getMimeDecoder().decode(cluster.getMasterAuth().getClusterCaCertificate()),
                StandardCharsets.US_ASCII);
        String name = cluster.getName();
        Optional<URI> elsewhere = settings.clusterEndpoint().or(() -> clients.kubernetes(cluster.getLocation(), name));
        if (elsewhere.isPresent()) {
            boolean plain = "http".equals(elsewhere.get().getScheme());
            Optional<String> authority = plain
                    ? Optional.empty()
                    : Optional.of(settings.clusterCertificate().orElse(own));
            return Optional.of(new ClusterAccess(name, elsewhere.get(), authority, tokens));
        }
        DNSEndpointConfig dns = cluster.getControlPlaneEndpointsConfig().getDnsEndpointConfig();
        boolean open = dns.getAllowExternalTraffic() && !dns.getEndpoint().isEmpty();
        String address = open ? dns.getEndpoint() : cluster.getEndpoint();
        return Optional.of(
                address.startsWith(THIS_MACHINE)
                        ? new ClusterAccess(name, URI.create("http://" + address), Optional.empty(), tokens)
                        : new ClusterAccess(
                                name,
                                URI.create("https://" + address),
                                Optional.of(open ? PublicAuthorities.pem() : own),
                                tokens));
    }
}
