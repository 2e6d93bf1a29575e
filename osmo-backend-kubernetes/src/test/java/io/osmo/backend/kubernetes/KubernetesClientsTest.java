// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.osmo.backend.cluster.ClusterAccess;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KubernetesClientsTest {
    private static ClusterAccess access(String endpoint) {
        return new ClusterAccess(
                "train-west",
                URI.create(endpoint),
                Optional.empty(),
                () -> new ClusterAccess.Token("secret-token", Instant.MAX));
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
    void clients_of_many_clusters_share_a_few_threads() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = "{\"kind\":\"NamespaceList\",\"apiVersion\":\"v1\",\"items\":[]}"
                    .getBytes(StandardCharsets.US_ASCII);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        List<KubernetesClient> clients = new ArrayList<>();
        try {
            Set<Thread> before = threads();
            for (int i = 0; i < 60; i++) {
                KubernetesClient client = KubernetesClients.open(
                        access("http://127.0.0.1:" + server.getAddress().getPort()));
                clients.add(client);
                assertThat(client.namespaces().list().getItems()).isEmpty();
            }
            Set<Thread> started = threads();
            started.removeAll(before);
            for (Thread thread : started) {
                // Pools name their threads. One without a name that ends by itself is the JVM's; the clients' stay with
                // them.
                if (thread.getName().matches("Thread-\\d+")) {
                    thread.join(10_000);
                }
            }
            // The JVM has one pool and one thread for timeouts for all futures, however many clients there are.
            started.removeIf(thread -> !thread.isAlive()
                    || thread.getName().startsWith("ForkJoinPool.commonPool-")
                    || thread.getName().equals("CompletableFutureDelayScheduler"));
            // A selector and eight workers of ours, one for the retries of fabric8.
            assertThat(started).hasSizeLessThanOrEqualTo(10);
        } finally {
            clients.forEach(KubernetesClient::close);
            server.stop(0);
        }
    }

    /** fabric8 reads the header and pauses as it is configured all the same. */
    @ParameterizedTest
    @ValueSource(strings = {"31536000", "Fri, 31 Dec 9999 23:59:59 GMT", "-5", "soon"})
    @Timeout(60)
    void an_api_server_that_asks_to_wait_for_ages_is_asked_again_at_once(String pause) throws Exception {
        AtomicInteger calls = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            calls.incrementAndGet();
            exchange.getResponseHeaders().add("Retry-After", pause);
            exchange.sendResponseHeaders(429, -1);
            exchange.close();
        });
        server.start();
        try (KubernetesClient client = KubernetesClients.open(
                access("http://127.0.0.1:" + server.getAddress().getPort()))) {
            assertThatThrownBy(() -> client.namespaces().list()).isInstanceOf(KubernetesClientException.class);
        } finally {
            server.stop(0);
        }
        assertThat(calls).hasValue(3);
    }

    private static Set<Thread> threads() {
        return new HashSet<>(Thread.getAllStackTraces().keySet());
    }

    @Test
    void what_is_no_certificate_is_refused_without_being_shown() {
        ClusterAccess access = new ClusterAccess(
                "train-west",
                URI.create("https://cluster.example.com"),
                Optional.of("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"),
                () -> new ClusterAccess.Token("secret-token", Instant.MAX));
        assertThatThrownBy(() -> KubernetesClients.open(access))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("certificate authority of cluster train-west");
    }

    @Test
    void a_token_that_cannot_be_sent_is_refused_without_being_shown() {
        assertThatThrownBy(() -> new ClusterAccess.Token("secret\nX-Other: 1", Instant.MAX))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not shown")
                .hasMessageNotContaining("secret");
    }
}
