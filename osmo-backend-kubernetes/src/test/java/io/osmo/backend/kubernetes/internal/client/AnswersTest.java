// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.error.KubeconfigException;
import io.osmo.backend.kubernetes.KubernetesClients;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** API servers that answer without end, lead elsewhere, or no longer accept a token. */
@Timeout(60)
class AnswersTest {
    private static final byte[] EMPTY =
            "{\"kind\":\"NodeList\",\"apiVersion\":\"v1\",\"items\":[]}".getBytes(StandardCharsets.US_ASCII);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> tokens = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private HttpServer elsewhere;

    @TempDir
    Path directory;

    private interface Answer {
        void to(HttpExchange exchange) throws IOException, InterruptedException;
    }

    @BeforeEach
    void start() throws IOException {
        server = server();
        elsewhere = server();
        answering(elsewhere, exchange -> send(exchange, 200, EMPTY));
    }

    @AfterEach
    void stop() {
        server.stop(0);
        elsewhere.stop(0);
        threads.shutdownNow();
    }

    private HttpServer server() throws IOException {
        HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        started.setExecutor(threads);
        started.start();
        return started;
    }

    private void answering(HttpServer by, Answer answer) {
        by.createContext("/", exchange -> {
            tokens.add(address(by) + " " + exchange.getRequestHeaders().getFirst("Authorization"));
            try (exchange) {
                answer.to(exchange);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static String address(HttpServer of) {
        return "http://127.0.0.1:" + of.getAddress().getPort();
    }

    private static void send(HttpExchange exchange, int code, byte[] body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, body.length);
        exchange.getResponseBody().write(body);
    }

    private ClusterAccess access() {
        return new ClusterAccess(
                "west",
                URI.create(address(server)),
                Optional.empty(),
                () -> new ClusterAccess.Token("canary", Instant.MAX));
    }

    private KubernetesClient kubeconfig(String user) throws IOException {
        return KubernetesClients.fromKubeconfig(
                Files.writeString(directory.resolve("kubeconfig"), """
                clusters: [{name: west, cluster: {server: '%s'}}]
                users: [{name: admin, user: %s}]
                contexts: [{name: dev, context: {cluster: west, user: admin}}]
                current-context: dev
                """.formatted(address(server), user)));
    }

    private KubernetesClient limited(long longest, long together, Duration time) {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(address(server))
                .withRequestRetryBackoffLimit(0)
                .build();
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new SharedHttpFactory(
                        SharedHttp.instance().share(access()),
                        Optional.empty(),
                        new BodyLimit(longest, together, time)))
                .build();
    }

    private static void list(KubernetesClient client) {
        KubernetesCalls.call("list Nodes", () -> client.nodes().list());
    }

    @Test
    void a_body_without_end_is_ended_at_its_limit() {
        answering(server, exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("{\"items\":[".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                exchange.getResponseBody().write(new byte[1 << 16]);
            }
        });
        try (KubernetesClient one = limited(1 << 20, 1 << 30, Duration.ofSeconds(50));
                KubernetesClient all = limited(1 << 30, 2 << 20, Duration.ofSeconds(50))) {
            assertThatThrownBy(() -> list(one))
                    .isInstanceOfSatisfying(
                            CloudException.class, e -> assertThat(e.code()).isEqualTo("AnswerTooLong"))
                    .hasMessageContaining("the answer is longer than 1 MiB");
            assertThatThrownBy(() -> list(all)).hasMessageContaining("longer than 2 MiB together");
            assertThatThrownBy(() -> list(all)).hasMessageContaining("longer than 2 MiB together");
        }
    }

    /** Each piece is an object of its own until the body is complete. */
    @Test
    void a_body_of_many_small_pieces_is_ended_before_they_fill_the_memory() {
        answering(server, exchange -> {
            exchange.sendResponseHeaders(200, 0);
            while (true) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
            }
        });
        try (KubernetesClient client = limited(1 << 20, 1 << 30, Duration.ofSeconds(50))) {
            assertThatThrownBy(() -> list(client)).hasMessageContaining("the answer is longer than 1 MiB");
        }
    }

    /** A caller may go on a moment before what it has read is counted as ended, so there is room for a few answers, not for all. */
    @Test
    void what_has_ended_is_no_longer_under_way() {
        byte[] body = "{\"kind\":\"NodeList\",\"apiVersion\":\"v1\",\"items\":[]%s}"
                .formatted(" ".repeat(700_000))
                .getBytes(StandardCharsets.US_ASCII);
        answering(server, exchange -> send(exchange, 200, body));
        try (KubernetesClient client = limited(1 << 20, 3 << 20, Duration.ofSeconds(50))) {
            for (int i = 0; i < 12; i++) {
                list(client);
            }
        }
    }

    @Test
    void a_body_that_trickles_is_ended_in_time() {
        CountDownLatch over = new CountDownLatch(1);
        answering(server, exchange -> {
            exchange.sendResponseHeaders(200, 0);
            while (!over.await(20, TimeUnit.MILLISECONDS)) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
            }
        });
        try (KubernetesClient client = limited(1 << 20, 1 << 30, Duration.ofMillis(700))) {
            assertThatThrownBy(() -> list(client))
                    .isInstanceOfSatisfying(
                            CloudException.class, e -> assertThat(e.error()).isEqualTo(CloudError.UNAVAILABLE));
        } finally {
            over.countDown();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void a_redirect_is_not_followed(int code) throws Exception {
        answering(server, exchange -> {
            exchange.getResponseHeaders().add("Location", address(elsewhere) + "/api/v1/nodes");
            send(exchange, code, new byte[0]);
        });
        try (KubernetesClient byToken = KubernetesClients.open(access());
                KubernetesClient byKubeconfig = kubeconfig("{token: canary}");
                KubernetesClient byPassword = kubeconfig("{username: me, password: canary}")) {
            for (KubernetesClient client : List.of(byToken, byKubeconfig, byPassword)) {
                assertThatThrownBy(() -> list(client))
                        .isInstanceOfSatisfying(
                                CloudException.class, e -> assertThat(e.code()).isEqualTo("Redirect"))
                        .hasMessageNotContaining("canary");
            }
        }
        assertThat(tokens).hasSize(3).allMatch(token -> token.startsWith(address(server)));
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void a_token_that_is_no_longer_accepted_is_obtained_again() throws Exception {
        answering(server, exchange -> {
            boolean good = "Bearer t2".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            send(exchange, good ? 200 : 401, good ? EMPTY : "{}".getBytes(StandardCharsets.US_ASCII));
        });
        Path counter = directory.resolve("counter");
        Path plugin = Files.writeString(directory.resolve("plugin"), """
                #!/bin/sh
                echo x >> %s
                echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"'\
                t$(wc -l < %s | tr -d ' ')'"}}'
                """.formatted(counter, counter));
        assertThat(plugin.toFile().setExecutable(true)).isTrue();
        try (KubernetesClient client =
                kubeconfig("{exec: {apiVersion: client.authentication.k8s.io/v1, command: ./plugin}}")) {
            list(client);
            list(client);
            assertThat(tokens).map(token -> token.replaceFirst(".* ", "")).containsExactly("t1", "t2", "t2");

            Files.writeString(plugin, "#!/bin/sh\nexit 1\n");
            server.removeContext("/");
            answering(server, exchange -> send(exchange, 401, "{}".getBytes(StandardCharsets.US_ASCII)));
            assertThatThrownBy(() -> list(client))
                    .isInstanceOf(KubeconfigException.class)
                    .hasMessageContaining("it ended with exit code 1");
        }
    }

    @Test
    void a_token_for_another_cluster_is_not_sent_to_this_one() throws Exception {
        answering(server, exchange -> send(exchange, 401, "{}".getBytes(StandardCharsets.US_ASCII)));
        try (KubernetesClient client = kubeconfig("{token: old}")) {
            Path file = directory.resolve("kubeconfig");
            Files.writeString(
                    file,
                    Files.readString(file)
                            .replace(address(server), address(elsewhere))
                            .replace("old", "canary"));

            assertThatThrownBy(() -> list(client))
                    .isInstanceOf(KubeconfigException.class)
                    .hasMessageContaining("the context dev")
                    .hasMessageContaining("now leads to another one, " + address(elsewhere))
                    .hasMessageNotContaining("canary");
        }
        assertThat(tokens).containsExactly(address(server) + " Bearer old");
    }

    @Test
    void a_token_file_is_read_again_when_its_token_is_refused() throws Exception {
        answering(server, exchange -> {
            boolean good = "Bearer new".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            send(exchange, good ? 200 : 401, good ? EMPTY : "{}".getBytes(StandardCharsets.US_ASCII));
        });
        Path token = Files.writeString(directory.resolve("token"), "old");
        try (KubernetesClient client = kubeconfig("{tokenFile: token}")) {
            assertThatThrownBy(() -> list(client))
                    .isInstanceOfSatisfying(
                            CloudException.class, e -> assertThat(e.error()).isEqualTo(CloudError.NOT_AUTHORIZED));
            Files.writeString(token, "new");
            list(client);
        }
    }
}
