// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import io.osmo.backend.error.ChartException;
import io.osmo.backend.error.DeadlineExceededException;
import io.osmo.backend.error.OperationCancelledException;
import io.osmo.backend.kubernetes.chart.ChartRequest;
import io.osmo.backend.spec.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the child process may see, and how it ends. */
class ChildProcessTest {
    private static final String TOKEN = "canary-0123456789abcdef";

    @TempDir
    Path folder;

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @AfterEach
    void stopServer() {
        over.countDown();
        server.stop(0);
    }

    @Test
    void looks_into_the_cluster_that_is_given_and_quotes_helm_without_its_credentials() {
        serve(
                "{\"kind\": \"APIResourceList\", \"groupVersion\": \"v1\", \"resources\": [{\"name\": \"secrets\", \"kind\": \"Secret\","
                        + " \"namespaced\": true}], \"metadata\": {\"name\": \"found\"}}");
        Path chart = new TestChart()
                .configMap(
                        "text",
                        "a: {{ $secret := lookup \"v1\" \"Secret\" \"ns\" \"any\" }}",
                        "b: {{ printf \"%s, the token is " + TOKEN + "\\n::error::x\" $secret.metadata.name | fail }}")
                .write(folder.resolve("chart"));

        assertThatExceptionOfType(ChartException.class)
                .isThrownBy(() -> Rendered.render(
                        Rendered.chart(c -> c.location(chart.toString())), Secret.of("kubeconfig", this::kubeconfig)))
                .withMessageStartingWith(
                        "Helm refuses the chart of release: execution error at (demo/templates/text.yaml:7")
                .withMessageContaining("found, the token is …")
                .satisfies(e -> assertThat(e.toString()).doesNotContain(TOKEN, "::error::", "--debug"))
                .satisfies(e -> assertThat(e.remedy()).isNotEmpty());
        assertThat(requests).contains("GET /api/v1/namespaces/ns/secrets/any");
        assertThat(Rendered.remains(ProcessHandle.current().pid())).isEmpty();
    }

    @Test
    void refuses_output_that_is_too_large() {
        Path chart = new TestChart()
                .configMap("text", "a: {{ repeat 17000000 \"x\" }}")
                .write(folder.resolve("chart"));

        assertThatExceptionOfType(ChartException.class)
                .isThrownBy(() -> Rendered.render(c -> c.location(chart.toString()), Map.of()))
                .withMessageMatching(
                        "Helm refuses the chart of release: it renders \\d+ characters; at most 16777216 are accepted");
        assertThat(Rendered.remains(ProcessHandle.current().pid())).isEmpty();
    }

    @Test
    void ends_within_a_second_of_an_interrupt() throws Exception {
        hang();
        AtomicReference<Thread> thread = new AtomicReference<>();
        CompletableFuture<Boolean> interrupted = CompletableFuture.supplyAsync(
                () -> {
                    thread.set(Thread.currentThread());
                    assertThatExceptionOfType(OperationCancelledException.class)
                            .isThrownBy(() -> Rendered.render(request(Rendered.LONG)));
                    return Thread.interrupted();
                },
                command -> new Thread(command).start());
        assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();

        thread.get().interrupt();

        assertThat(interrupted.get(1, TimeUnit.SECONDS)).isTrue();
        assertThat(children()).isEmpty();
        assertThat(Rendered.remains(ProcessHandle.current().pid())).isEmpty();
    }

    @Test
    void ends_with_its_deadline() {
        hang();

        assertThatExceptionOfType(DeadlineExceededException.class)
                .isThrownBy(() -> Rendered.render(request(Duration.ofMillis(300))))
                .withMessage("the chart of release was not rendered within PT0.3S");
        assertThat(children()).isEmpty();
        assertThat(Rendered.remains(ProcessHandle.current().pid())).isEmpty();
    }

    private ChartRequest request(Duration deadline) {
        Path chart = new TestChart()
                .configMap("text", "found: {{ lookup \"v1\" \"Secret\" \"ns\" \"any\" | toJson }}")
                .write(folder.resolve("chart"));
        return new ChartRequest(
                Rendered.chart(c -> c.location(chart.toString())),
                Map.of(),
                "1.33.4",
                Optional.of(Secret.of("kubeconfig", this::kubeconfig)),
                deadline);
    }

    private void serve(String body) {
        server.createContext("/", exchange -> {
            requests.add(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    /** A cluster that takes requests and answers none until the test is over. */
    private void hang() {
        server.createContext("/", exchange -> {
            asked.countDown();
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        server.start();
    }

    private String kubeconfig() {
        return """
                apiVersion: v1
                kind: Config
                current-context: c
                contexts: [{name: c, context: {cluster: c, user: u}}]
                users:
                - name: u
                  user: {token: %s}
                clusters: [{name: c, cluster: {server: "http://127.0.0.1:%d"}}]
                """.formatted(TOKEN, server.getAddress().getPort());
    }

    private static List<ProcessHandle> children() {
        return ProcessHandle.current().children().filter(ProcessHandle::isAlive).toList();
    }
}
