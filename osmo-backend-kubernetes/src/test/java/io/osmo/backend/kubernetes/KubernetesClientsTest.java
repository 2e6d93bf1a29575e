// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmo.backend.cluster.ClusterAccess;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KubernetesClientsTest {
    private static ClusterAccess access(String endpoint) {
        return new ClusterAccess(
                "train-west", URI.create(endpoint), "", () -> new ClusterAccess.Token("secret-token", Instant.MAX));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://10.0.0.1",
                "http://cluster.example.com",
                "https://cluster.example.com",
                "ftp://localhost",
                "cluster"
            })
    void an_endpoint_that_cannot_be_trusted_is_refused(String endpoint) {
        assertThatThrownBy(() -> KubernetesClients.open(access(endpoint)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(endpoint)
                .hasMessageNotContaining("secret-token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:8080", "http://localhost:8080", "http://[::1]:8080"})
    void plain_http_is_for_emulated_clusters_on_the_loopback_interface(String endpoint) {
        try (KubernetesClient client = KubernetesClients.open(access(endpoint))) {
            assertThat(client.getMasterUrl().toString()).startsWith(endpoint);
        }
    }

    @Test
    void nothing_leaks_in_from_the_surroundings() {
        System.setProperty("kubernetes.auth.token", "leaked");
        System.setProperty("kubernetes.master", "https://leaked.example.com");
        System.setProperty("kubernetes.trust.certificates", "true");
        try (KubernetesClient client = KubernetesClients.open(access("http://127.0.0.1:8080"))) {
            assertThat(client.getMasterUrl().getHost()).isEqualTo("127.0.0.1");
            assertThat(client.getConfiguration().getOauthToken()).isNull();
            assertThat(client.getConfiguration().getOauthTokenProvider().getToken())
                    .isEqualTo("secret-token");
            assertThat(client.getConfiguration().isTrustCerts()).isFalse();
            assertThat(client.getConfiguration().getClientCertData()).isNull();
            assertThat(client.getConfiguration().getCurrentContext()).isNull();
        } finally {
            System.clearProperty("kubernetes.auth.token");
            System.clearProperty("kubernetes.master");
            System.clearProperty("kubernetes.trust.certificates");
        }
    }

    @Test
    void a_kubeconfig_that_is_not_there_is_an_error_and_no_reason_to_look_elsewhere(@TempDir Path directory) {
        assertThatThrownBy(() -> KubernetesClients.fromKubeconfig(directory.resolve("kubeconfig")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no readable kubeconfig");
    }
}
