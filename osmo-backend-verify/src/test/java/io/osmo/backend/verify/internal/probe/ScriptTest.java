// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.snapshot.GpuProbeFacts;
import io.osmo.backend.verify.snapshot.ReachFacts.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Runs the scripts in this machine's shell with its curl, against servers of this process, and reads what they write. */
class ScriptTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    Path directory;

    @Test
    void an_https_answer_has_tls_version_expiry_and_clock() throws Exception {
        requireTools("curl");
        HttpsServer server = https(exchange -> {
            byte[] body = "{\"major\": \"6\", \"minor\": \"3\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        try {
            String url = "https://localhost:" + server.getAddress().getPort() + "/api/version";

            Map<Integer, Answer> trusted = network(
                    List.of("service " + url, "registry " + url),
                    Map.of("CURL_CA_BUNDLE", directory.resolve("ca.pem").toString()));
            Map<Integer, Answer> told = network(
                    List.of("service " + url), Map.of("AUTHORITIES", Files.readString(directory.resolve("ca.pem"))));
            Map<Integer, Answer> distrusted = network(List.of("service " + url), Map.of());

            assertThat(trusted).containsOnlyKeys(0, 1);
            assertThat(trusted.get(0).status()).isEqualTo(200);
            assertThat(trusted.get(0).tls()).isEqualTo("TLSv1.3");
            assertThat(trusted.get(0).body()).contains("\"major\"");
            assertThat(trusted.get(0).certificateUntil()).isPresent();
            assertThat(trusted.get(0).clockOffset())
                    .hasValueSatisfying(offset -> assertThat(offset).isBetween(-5L, 5L));
            assertThat(trusted.get(1).body())
                    .as("only the service is asked what it says")
                    .isEmpty();
            assertThat(told.get(0).status()).isEqualTo(200);
            assertThat(distrusted.get(0).distrusted()).isTrue();
            assertThat(distrusted.get(0).answered()).isFalse();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void a_websocket_is_requested_and_the_answer_is_reported() throws Exception {
        requireTools("curl");
        HttpServer server = http(exchange -> {
            boolean upgrade = "websocket".equals(exchange.getRequestHeaders().getFirst("Upgrade"));
            exchange.sendResponseHeaders(upgrade ? 401 : 404, -1);
            exchange.close();
        });
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/socket";

            Map<Integer, Answer> answers = network(List.of("websocket " + url, "registry " + url), Map.of());

            assertThat(answers.get(0).status()).isEqualTo(401);
            assertThat(answers.get(1).status()).isEqualTo(404);
            assertThat(answers.get(0).tls()).isEmpty();
            assertThat(answers.get(0).certificateUntil()).isEmpty();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void kept_closed_and_failed_idle_connections_are_told_apart() throws Exception {
        requireTools("curl");
        HttpServer keeps = http(exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        HttpServer closes = http(exchange -> {
            exchange.getResponseHeaders().set("Connection", "close");
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        try (ServerSocket drops = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> answerOnceEach(drops));
            server.start();

            assertThat(idle(keeps.getAddress().getPort())).isEqualTo(Fact.of(true));
            assertThat(idle(drops.getLocalPort())).isEqualTo(Fact.of(false));
            assertThat(reason(idle(closes.getAddress().getPort()))).contains("closes each connection");
        } finally {
            keeps.stop(0);
            closes.stop(0);
        }
        assertThat(reason(idle(keeps.getAddress().getPort())))
                .contains("no first answer")
                .contains("connect");
    }

    /** Closes a connection after one answer without having said so, as a load balancer does after a while. */
    private static void answerOnceEach(ServerSocket server) {
        try {
            while (true) {
                try (Socket client = server.accept()) {
                    client.getInputStream().read(new byte[4096]);
                    client.getOutputStream()
                            .write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                }
            }
        } catch (IOException e) {
            LoggerFactory.getLogger(ScriptTest.class).debug("closed", e);
        }
    }

    private Fact<Boolean> idle(int port) throws Exception {
        return Answers.idle(run(Script.IDLE, Map.of("URL", "http://127.0.0.1:" + port + "/", "RATE", "7200/h")));
    }

    private static String reason(Fact<?> fact) {
        return ((Fact.Unknown<?>) fact).reason();
    }

    @Test
    void curls_error_is_reported_if_nothing_listens() throws Exception {
        requireTools("curl");
        HttpServer server = http(exchange -> exchange.close());
        int port = server.getAddress().getPort();
        server.stop(0);

        Answer answer = network(List.of("registry https://127.0.0.1:" + port + "/v2/"), Map.of())
                .get(0);

        assertThat(answer.exit()).isEqualTo(7);
        assertThat(answer.answered()).isFalse();
        assertThat(answer.describe()).contains("connect");
    }

    @Test
    void no_value_is_ever_run_by_the_shell() throws Exception {
        requireTools("curl");
        Path trace = directory.resolve("run");
        String attack = "http://127.0.0.1:1/$(touch " + trace + ")`touch " + trace + "`;touch " + trace + ";'\"";

        Map<Integer, Answer> answers = network(List.of("service " + attack, "registry -o" + trace), Map.of());
        String volume = run(Script.VOLUME, Map.of("VALUE", attack, "VOLUME", directory.toString()));

        assertThat(trace).doesNotExist();
        assertThat(answers.values()).noneMatch(Answer::answered);
        assertThat(volume).isEqualTo("written\n");
        assertThat(directory.resolve("probe")).hasContent(attack);
    }

    @Test
    void the_output_of_a_pod_fits_into_a_termination_message() throws Exception {
        requireTools("curl");
        List<String> targets = Stream.generate(() -> "service https://" + "a".repeat(60) + ".invalid:99999/api/version")
                .limit(5)
                .toList();

        assertThat(run(Script.NETWORK, Map.of("TARGETS", String.join("\n", targets))))
                .hasSizeLessThan(4096);
        int most = "answer 0 100 200 TLSv1.3 1767225600 ".length() + 40 + 140 + 268 + 160 + 5;
        assertThat(5 * most).isLessThan(4096);
    }

    @Test
    void a_volume_that_cannot_be_written_to_is_refused_with_the_reason() throws Exception {
        String said = run(
                Script.VOLUME,
                Map.of("VALUE", "x", "VOLUME", directory.resolve("missing").toString()));

        assertThat(Answers.volume(said).known().orElseThrow()).isNotEmpty();
    }

    @Test
    void gpus_and_output_of_nvidia_smi_are_reported() throws Exception {
        Path tools = Files.createDirectory(directory.resolve("bin"));
        Path smi = Files.writeString(
                tools.resolve("nvidia-smi"), "#!/bin/sh\necho 'NVIDIA L4, 580.82.07'\necho 'NVIDIA L4, 580.82.07'\n");
        assertThat(smi.toFile().setExecutable(true)).isTrue();
        String path = tools + ":" + System.getenv("PATH");

        Fact<GpuProbeFacts.Sight> seen = Answers.gpu(run(Script.GPU, Map.of("PATH", path)));
        Files.writeString(smi, "#!/bin/sh\necho 'NVIDIA-SMI has failed'\nexit 9\n");
        Fact<GpuProbeFacts.Sight> failed = Answers.gpu(run(Script.GPU, Map.of("PATH", path)));

        assertThat(seen)
                .isEqualTo(Fact.of(
                        new GpuProbeFacts.Sight(0, List.of("NVIDIA L4, 580.82.07", "NVIDIA L4, 580.82.07"), "")));
        assertThat(failed).isEqualTo(Fact.of(new GpuProbeFacts.Sight(9, List.of(), "NVIDIA-SMI has failed")));
    }

    // -------------------------------------------------------------------------------------------------------

    private Map<Integer, Answer> network(List<String> targets, Map<String, String> more) throws Exception {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("TARGETS", String.join("\n", targets));
        return Answers.network(run(Script.NETWORK, environment));
    }

    private String run(Script script, Map<String, String> environment) throws Exception {
        Path result = Files.createTempFile(directory, "result", "");
        Path scratch = Files.createTempDirectory(directory, "scratch");
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", script.text());
        shell.environment()
                .keySet()
                .removeIf(name -> name.toLowerCase(java.util.Locale.ROOT).endsWith("_proxy"));
        shell.environment().putAll(Map.of("RESULT", result.toString(), "SCRATCH", scratch.toString()));
        shell.environment().putAll(environment);
        Process process = shell.redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return Files.readString(result);
    }

    private static void requireTools(String tool) {
        boolean there =
                Stream.of(System.getenv("PATH").split(":", -1)).anyMatch(d -> Files.isExecutable(Path.of(d, tool)));
        if (!there) {
            LoggerFactory.getLogger(ScriptTest.class).warn("SKIPPED: this machine has no {}", tool);
        }
        assumeTrue(there, "this machine has no " + tool);
    }

    private static HttpServer http(HttpHandler handler) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", handler);
        server.start();
        return server;
    }

    /** A server with a certificate of its own, which is also written to {@code ca.pem}. */
    private HttpsServer https(HttpHandler handler) throws Exception {
        KeyStore keys = keys();
        Files.writeString(
                directory.resolve("ca.pem"),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(keys.getCertificate("server").getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", handler);
        server.start();
        return server;
    }

    private KeyStore keys() throws Exception {
        Path store = directory.resolve("keys.p12");
        Path log = directory.resolve("keytool.log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-J-XX:TieredStopAtLevel=1",
                        "-genkeypair",
                        "-keystore",
                        store.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-validity",
                        "30")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }
}
