// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.container.v1.Cluster;
import com.google.container.v1.ControlPlaneEndpointsConfig;
import com.google.container.v1.MasterAuth;
import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.gcp.GcpClients;
import io.osmo.backend.gcp.GkeSettings;
import io.osmo.backend.kubernetes.KubernetesClients;
import io.osmo.backend.spi.VirtualTime;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Date;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GkeAccessTest {
    private static final Instant NOW = Instant.now();

    private final GcpClients clients = mock(GcpClients.class);

    private Optional<ClusterAccess> access(GkeSettings settings, Cluster cluster) {
        when(clients.kubernetes("us-central1", "demo")).thenReturn(Optional.empty());
        return new GkeAccess(clients, settings, VirtualTime.create()::now).to(cluster);
    }

    private static Cluster cluster(boolean dns) {
        Cluster.Builder cluster = Cluster.newBuilder()
                .setName("demo")
                .setStatus(Cluster.Status.RUNNING)
                .setEndpoint("34.1.2.3")
                .setMasterAuth(MasterAuth.newBuilder().setClusterCaCertificate("UEVN"));
        cluster.setControlPlaneEndpointsConfig(ControlPlaneEndpointsConfig.newBuilder()
                .setDnsEndpointConfig(ControlPlaneEndpointsConfig.DNSEndpointConfig.newBuilder()
                        .setEndpoint("gke-1.us-central1.gke.goog")
                        .setAllowExternalTraffic(dns)));
        return cluster.build();
    }

    @Test
    void a_private_cluster_is_reached_by_its_name_with_public_authorities() {
        ClusterAccess access = access(GkeSettings.defaults(), cluster(true)).orElseThrow();

        assertThat(access.endpoint()).isEqualTo(URI.create("https://gke-1.us-central1.gke.goog"));
        assertThat(access.caCertificate().orElseThrow()).contains("BEGIN CERTIFICATE");
        KubernetesClients.open(access).close();
    }

    @Test
    void a_public_cluster_is_reached_by_its_address_with_its_own_authority() {
        ClusterAccess access = access(GkeSettings.defaults(), cluster(false)).orElseThrow();

        assertThat(access.endpoint()).isEqualTo(URI.create("https://34.1.2.3"));
        assertThat(access.caCertificate()).contains("PEM");
    }

    @Test
    void an_emulated_cluster_is_reached_without_tls_on_this_machine_only() {
        Cluster emulated = cluster(false).toBuilder()
                .setEndpoint("127.0.0.1:40123/us-central1-demo")
                .build();

        assertThat(access(GkeSettings.defaults(), emulated).orElseThrow().endpoint())
                .isEqualTo(URI.create("http://127.0.0.1:40123/us-central1-demo"));
    }

    @Test
    void tools_run_the_plugin_of_google_as_the_account_of_the_settings() {
        GkeSettings settings = GkeSettings.builder()
                .impersonate("builder@p.iam.gserviceaccount.com")
                .build();

        assertThat(access(settings, cluster(true)).orElseThrow().plugin()).hasValueSatisfying(plugin -> {
            assertThat(plugin.command()).isEqualTo("gke-gcloud-auth-plugin");
            assertThat(plugin.needsCluster()).isTrue();
            assertThat(plugin.environment())
                    .containsOnly(
                            entry("CLOUDSDK_AUTH_IMPERSONATE_SERVICE_ACCOUNT", "builder@p.iam.gserviceaccount.com"));
        });
    }

    @Test
    void settings_name_another_way_in() {
        GkeSettings tunnel = GkeSettings.builder()
                .clusterEndpoint(URI.create("https://127.0.0.1:6443"))
                .build();

        assertThat(access(tunnel, cluster(true)).orElseThrow().endpoint())
                .isEqualTo(URI.create("https://127.0.0.1:6443"));
    }

    @Test
    void a_cluster_that_is_being_made_has_no_api() {
        assertThat(access(
                        GkeSettings.defaults(),
                        cluster(true).toBuilder()
                                .setStatus(Cluster.Status.PROVISIONING)
                                .build()))
                .isEmpty();
    }

    @Test
    void tokens_are_renewed_when_they_expire_and_never_shown() {
        Deque<AccessToken> issued = new ArrayDeque<>(List.of(
                new AccessToken("first-token", Date.from(NOW.minusSeconds(1))),
                new AccessToken("second-token", Date.from(NOW.plusSeconds(86400)))));
        when(clients.credentials()).thenReturn(new GoogleCredentials() {
            @Override
            public AccessToken refreshAccessToken() {
                return issued.pop();
            }
        });
        ClusterAccess access = access(GkeSettings.defaults(), cluster(false)).orElseThrow();

        assertThat(access.tokens().get().value()).isEqualTo("first-token");
        assertThat(access.tokens().get().value()).isEqualTo("second-token");
        assertThat(access.tokens().get().value()).isEqualTo("second-token");
        assertThat(access.toString() + access.tokens().get()).doesNotContain("second-token");
    }
}
