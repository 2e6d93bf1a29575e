// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.osmo.backend.verify.BackendVerifier;
import io.osmo.backend.verify.snapshot.ClusterSnapshot;
import io.osmo.backend.verify.snapshot.Expectations;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Base of tests that read from a server with planted faults. */
@Execution(ExecutionMode.CONCURRENT)
abstract class BadServer {
    static final BackendVerifier VERIFIER = BackendVerifier.standard().deadline(Duration.ofSeconds(60));

    static final String EMPTY = "{\"kind\":\"List\",\"metadata\":{},\"items\":[]}";

    private static final String LOGS = "/api/v1/namespaces/osmo-operator/pods/";
    static final String LISTENER_LOG = LOGS + "osmo-listener-5d-a/log";
    static final String WORKER_LOG = LOGS + "osmo-worker-7f-b/log";

    @TempDir
    Path dir;

    final Map<String, String> bodies = new ConcurrentHashMap<>();

    final Map<String, byte[]> protobuf = new ConcurrentHashMap<>();

    final Map<String, Integer> codes = new ConcurrentHashMap<>();

    final Set<String> asked = ConcurrentHashMap.newKeySet();

    final Set<String> logQueries = ConcurrentHashMap.newKeySet();

    private ExecutorService threads;

    HttpServer server;

    volatile int pages;

    volatile int deathAt = Integer.MAX_VALUE;

    final AtomicBoolean forgotten = new AtomicBoolean();

    private final Map<Integer, CountDownLatch> pageAsked = new ConcurrentHashMap<>();

    volatile boolean holdsBack;

    volatile boolean tokenLast;

    volatile boolean repeats;

    volatile String refusal = "{\"message\":\"planted\"}";

    @BeforeEach
    void start() throws IOException {
        threads = Executors.newFixedThreadPool(8);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
        bodies.put("/version", "{\"gitVersion\":\"v1.35.0-eks-1\"}");
        bodies.put("/apis", "{\"groups\":[{\"name\":\"apps\"}]}");
        bodies.put("/readyz", "ok");
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        asked.add(exchange.getRequestMethod() + " " + path);
        int code = codes.getOrDefault(
                path, path.contains("/customresourcedefinitions/") && !bodies.containsKey(path) ? 404 : 200);
        if (code < 0) {
            // The connection breaks after the headers, as when a server dies while it answers.
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write('{');
            exchange.close();
            return;
        }
        String query = exchange.getRequestURI().getQuery();
        if (path.equals("/api/v1/pods") && pages > 0) {
            page(exchange, query);
            return;
        }
        String text = code == 200 ? bodies.getOrDefault(path, EMPTY) : refusal;
        if (path.endsWith("/log")) {
            logQueries.add(query);
            text = text.substring(0, Math.min(text.length(), limit(query)));
        }
        byte[] binary = protobuf.get(path);
        boolean wanted = binary != null
                && exchange.getRequestHeaders().getFirst("Accept").startsWith("application/vnd.kubernetes.protobuf");
        byte[] body = wanted ? binary : text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders()
                .set("Content-Type", wanted ? "application/vnd.kubernetes.protobuf" : "application/json");
        exchange.sendResponseHeaders(code, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** The API server ends a log after so many bytes. */
    private static int limit(String query) {
        return Integer.parseInt(query.replaceFirst(".*limitBytes=(\\d+).*", "$1"));
    }

    /** One of many pages; the server forgets once where the reader was. */
    private void page(HttpExchange exchange, String query) throws IOException {
        int number = query.contains("continue=") ? Integer.parseInt(query.replaceFirst(".*continue=", "")) : 0;
        if (number >= deathAt) {
            // Nobody listens from now on; what is under way breaks off.
            server.stop(0);
            exchange.close();
            return;
        }
        pageAsked.computeIfAbsent(number, n -> new CountDownLatch(1)).countDown();
        boolean gone = number == 3 && !forgotten.getAndSet(true);
        boolean last = number + 1 == pages;
        int following = repeats && number == 2 ? 1 : number + 1;
        String metadata = "\"metadata\":{\"continue\":\"" + (last ? "" : String.valueOf(following)) + "\"}";
        StringBuilder json =
                new StringBuilder("{").append(tokenLast ? "" : metadata + ",").append("\"items\":[");
        for (int i = 0; i < 500; i++) {
            json.append(i == 0 ? "" : ",")
                    .append("{\"metadata\":{\"name\":\"p-")
                    .append(number * 500 + i)
                    .append("\",\"namespace\":\"n\"}}");
        }
        json.append(tokenLast ? "]," + metadata + "}" : "]}");
        byte[] body = (gone ? "{\"message\":\"expired\"}" : json.toString()).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(gone ? 410 : 200, body.length);
        int head = holdsBack && !gone && !last ? body.length / 2 : body.length;
        exchange.getResponseBody().write(body, 0, head);
        if (head < body.length) {
            exchange.getResponseBody().flush();
            await(pageAsked.computeIfAbsent(number + 1, n -> new CountDownLatch(1)));
            exchange.getResponseBody().write(body, head, body.length - head);
        }
        exchange.close();
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(50, TimeUnit.SECONDS)) {
                throw new IOException("the next page was not asked for");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    Path kubeconfig() {
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        try {
            return Files.writeString(
                    dir.resolve("config"),
                    "apiVersion: v1\nkind: Config\ncurrent-context: c\nclusters:\n- {name: c, cluster: {server: \""
                            + url
                            + "\"}}\ncontexts:\n- {name: c, context: {cluster: c, user: u}}\nusers:\n- {name: u, user: {}}\n");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    ClusterSnapshot read() {
        return VERIFIER.snapshotKubeconfig(kubeconfig(), Expectations.ofAnyBackend());
    }

    /** OSMO's operator, and beside it pods of which no log is asked for. */
    void operator() {
        bodies.put(
                "/apis/apps/v1/deployments",
                "{\"metadata\":{},\"items\":[" + deployment("osmo-listener", "backend-listener") + ","
                        + deployment("osmo-worker", "backend-worker") + "," + deployment("other", "other") + "]}");
        String running = "[{\"name\":\"main\",\"state\":{\"running\":{}}}]";
        bodies.put(
                "/api/v1/pods",
                "{\"metadata\":{},\"items\":["
                        + pod("osmo-operator", "osmo-listener-5d-a", "Running", running) + ","
                        + pod(
                                "osmo-operator",
                                "osmo-worker-7f-b",
                                "Running",
                                "[{\"name\":\"main\",\"state\":{\"waiting\":{\"reason\":\"CrashLoopBackOff\"}},\"lastState\":"
                                        + "{\"terminated\":{\"exitCode\":1,\"finishedAt\":\"2026-11-24T00:00:00Z\"}}},"
                                        + "{\"name\":\"beside\",\"state\":{\"waiting\":{\"reason\":\"ImagePullBackOff\"}}}]")
                        + ","
                        + pod("osmo-operator", "osmo-worker-7f-old", "Failed", running) + ","
                        + pod("osmo-operator", "other-1", "Running", running) + ","
                        + pod("elsewhere", "osmo-worker-7f-c", "Running", running) + "]}");
        bodies.put(LISTENER_LOG, "started\n");
        bodies.put(WORKER_LOG, "started\n");
    }

    static String deployment(String name, String image) {
        return "{\"metadata\":{\"name\":\"" + name
                + "\",\"namespace\":\"osmo-operator\"},\"spec\":{\"template\":{\"spec\":"
                + "{\"containers\":[{\"name\":\"main\",\"image\":\"r/" + image + ":6.4.0\"}]}}}}";
    }

    static String pod(String namespace, String name, String phase, String statuses) {
        return "{\"metadata\":{\"name\":\"" + name + "\",\"namespace\":\"" + namespace + "\"},\"status\":{\"phase\":\""
                + phase + "\",\"containerStatuses\":" + statuses + "}}";
    }
}
