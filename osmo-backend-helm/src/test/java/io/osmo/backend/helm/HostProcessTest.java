// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.osmo.backend.kubernetes.chart.ChartRequest;
import io.osmo.backend.spec.Secret;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host with an environment of its own, as a process. */
class HostProcessTest {
    private static final String LOOKUP = "found: {{ lookup \"v1\" \"Secret\" \"ns\" \"any\" | toJson | quote }}";

    private static final String NONE = "none";

    @TempDir
    Path folder;

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;

    /** A cluster that takes requests and answers none until the test is over; below {@code /target} one that answers. */
    @BeforeEach
    void startServer() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestURI().toString());
            asked.countDown();
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        server.createContext("/target", exchange -> {
            byte[] bytes =
                    ("{\"kind\": \"APIResourceList\", \"groupVersion\": \"v1\", \"resources\": [{\"name\": \"secrets\","
                                    + " \"kind\": \"Secret\", \"namespaced\": true}], \"metadata\": {\"name\": \"any\"}}")
                            .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stopServer() {
        over.countDown();
        server.stop(0);
    }

    @Test
    void the_cluster_of_its_environment_sees_no_request() throws Exception {
        Path output = folder.resolve("output");
        Path other = kubeconfig("other", "");
        Process host = start(
                output,
                List.of(NONE, kubeconfig("target", "/target").toString()),
                Map.of(
                        "KUBECONFIG", other.toString(),
                        "HTTP_PROXY", address(),
                        "HTTPS_PROXY", address(),
                        "HELM_KUBEAPISERVER", address(),
                        "KUBERNETES_MASTER", address()));

        assertThat(host.waitFor(60, TimeUnit.SECONDS)).isTrue();

        assertThat(output).content().contains("found: \"{}\"", "\\\"name\\\":\\\"any\\\"");
        assertThat(requests).isEmpty();
        assertThat(Rendered.remains(host.pid())).isEmpty();
    }

    @Test
    void its_death_ends_the_child_and_leaves_nothing() throws Exception {
        Process host =
                start(folder.resolve("output"), List.of(kubeconfig("target", "").toString()), Map.of());
        assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
        List<ProcessHandle> children = host.children().toList();
        assertThat(children).hasSize(1);

        host.destroyForcibly();

        children.get(0).onExit().get(10, TimeUnit.SECONDS);
        assertThat(Rendered.remains(host.pid())).isEmpty();
    }

    private Process start(Path output, List<String> kubeconfigs, Map<String, String> environment) throws Exception {
        Path chart = new TestChart().configMap("text", LOOKUP).write(folder.resolve("chart"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Host.class.getName(),
                chart.toString(),
                output.toString()));
        command.addAll(kubeconfigs);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private Path kubeconfig(String name, String path) throws Exception {
        return Files.writeString(folder.resolve(name), """
                apiVersion: v1
                kind: Config
                current-context: c
                contexts: [{name: c, context: {cluster: c, user: u}}]
                users: [{name: u, user: {}}]
                clusters: [{name: c, cluster: {server: "%s"}}]
                """.formatted(address() + path));
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Renders the chart of its first argument into the file of its second, once for each kubeconfig that follows. */
    static final class Host {
        private Host() {}

        public static void main(String[] arguments) throws Exception {
            List<String> objects = new ArrayList<>();
            for (String kubeconfig : List.of(arguments).subList(2, arguments.length)) {
                Optional<Secret> given = Optional.of(kubeconfig)
                        .filter(name -> !name.equals(NONE))
                        .map(Path::of)
                        .map(Secret::file);
                objects.addAll(Rendered.render(new ChartRequest(
                                Rendered.chart(c -> c.location(arguments[0])),
                                Map.of(),
                                "1.33.4",
                                given,
                                Rendered.LONG))
                        .objects());
            }
            Files.write(Path.of(arguments[1]), objects);
        }
    }
}
