// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.Verdict;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.BackendVerifier;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.report.Report;
import io.osmo.backend.verify.snapshot.ClusterSnapshot;
import io.osmo.backend.verify.snapshot.Expectations;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that an API server answers makes a verification throw, nor lets it pass. */
class AnyAnswerTest {
    @TempDir
    Path dir;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private ServerSocket server;
    private volatile String headers = "Content-Type: application/json\r\n";
    private volatile String body = "{}";

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        threads.execute(() -> {
            try {
                while (true) {
                    Socket socket = server.accept();
                    threads.execute(() -> answer(socket));
                }
            } catch (IOException e) {
                // The server is closed.
            }
        });
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        threads.shutdownNow();
    }

    private void answer(Socket socket) {
        try (socket) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            int length = 0;
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                length = line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")
                        ? Integer.parseInt(line.substring(15).strip())
                        : length;
            }
            for (int read = 0; read < length && in.read() >= 0; read++) {}
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            socket.getOutputStream()
                    .write(("HTTP/1.1 200 OK\r\n" + headers + "Content-Length: " + bytes.length
                                    + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            // The reader has gone.
        }
    }

    private ClusterSnapshot read() throws IOException {
        String url = "http://127.0.0.1:" + server.getLocalPort();
        Path kubeconfig = Files.writeString(
                dir.resolve("config"),
                "apiVersion: v1\nkind: Config\ncurrent-context: c\nclusters:\n- {name: c, cluster: {server: \"" + url
                        + "\"}}\ncontexts:\n- {name: c, context: {cluster: c, user: u}}\nusers:\n- {name: u, user: {}}\n");
        return BackendVerifier.standard()
                .deadline(Duration.ofSeconds(60))
                .snapshotKubeconfig(kubeconfig, Expectations.ofAnyBackend());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html><body>Please log in</body></html>",
                "",
                "null",
                "[]",
                "{}",
                "{\"kind\":\"Status\"}",
                "{\"items\":3}",
                "{\"items\":[null,1,\"x\",[]]}",
                "{\"metadata\":{\"name\":[]},\"status\":{\"allowed\":\"yes\"},\"items\":[{\"spec\":[]}]}",
                "{\"gitVersion\":{\"a\":1},\"groups\":\"none\",\"items\":[{}]}",
                "\u0000\u0001\u0002"
            })
    void a_success_that_is_no_answer_of_kubernetes_neither_throws_nor_passes(String text) throws IOException {
        body = text;

        Report report = BackendVerifier.standard().verify(read());

        assertThat(report.verdict()).isNotEqualTo(Verdict.PASSED);
        assertThat(report.findings()).noneMatch(f -> f.observed().contains("defective"));
        assertThat(report.findings(Status.PASS))
                .extracting(Finding::check)
                .doesNotContain(
                        "control-plane.endpoint-reachable", "security.policy-engines", "control-plane.version-min");
    }

    @Test
    void deeply_nested_json_does_not_end_the_verification() throws IOException {
        body = "[".repeat(100_000);

        assertThat(BackendVerifier.standard().verify(read()).verdict()).isNotEqualTo(Verdict.PASSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Date: soon\r\n", "Date: 1764288000\r\n", "Date: \r\n", "Date: Xyz, 99 Foo 2026 25:61:61 GMT\r\n"
            })
    void a_date_header_that_is_no_date_leaves_the_time_unknown(String date) throws IOException {
        headers = date;
        body = "{\"gitVersion\":\"v1.35.0\"}";

        ClusterSnapshot snapshot = read();

        assertThat(snapshot.server().time())
                .isInstanceOfSatisfying(
                        Fact.Unknown.class,
                        unknown -> assertThat(unknown.reason()).contains("which is no date"));
        assertThat(snapshot.server().version()).isEqualTo(Fact.of("v1.35.0"));
    }

    @Test
    void of_two_date_headers_the_first_good_one_counts() throws IOException {
        headers = "Date: soon\r\nDate: Tue, 24 Nov 2026 00:00:00 GMT\r\nDate: Wed, 25 Nov 2026 00:00:00 GMT\r\n";

        assertThat(read().server().time()).isEqualTo(Fact.of(Instant.parse("2026-11-24T00:00:00Z")));
    }
}
