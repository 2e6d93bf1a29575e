// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cluster;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.osmo.backend.testkit.cluster.internal.Answer;
import io.osmo.backend.testkit.cluster.internal.ApiError;
import io.osmo.backend.testkit.cluster.internal.Json;
import io.osmo.backend.testkit.cluster.internal.Request;
import io.osmo.backend.testkit.internal.LoopbackServer;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The API servers of all emulated clusters of a test: one HTTP server on a free port of 127.0.0.1, started with the first
 * cluster. Safe for concurrent use.
 */
public final class EmulatedClusters implements AutoCloseable {
    /** Verification takes it for the server's time: the JDK's server always writes the time of the machine into {@code Date}. */
    private static final String EMULATED_DATE = "Emulated-Date";

    private final InstantSource clock;

    private final RequestWatch watch;
    private final Map<String, EmulatedCluster> clusters = new ConcurrentHashMap<>();
    private @Nullable HttpServer server;

    /**
     * @param clock time that the servers stamp on objects
     * @param beforeRequest runs before each request is answered: lets an emulated cloud catch up with the time
     */
    public EmulatedClusters(InstantSource clock, Runnable beforeRequest) {
        this(clock, (method, path) -> {
            beforeRequest.run();
            return Watched.undisturbed();
        });
    }

    /** @param watch sees each request before and after it takes effect, and may refuse it or lose its response */
    public EmulatedClusters(InstantSource clock, RequestWatch watch) {
        this.clock = clock;
        this.watch = watch;
    }

    /** Sees the requests to emulated API servers. */
    @FunctionalInterface
    public interface RequestWatch {
        /**
         * Sees a request before it takes effect.
         *
         * @param path path without the name of the cluster
         */
        Watched request(String method, String path);
    }

    /**
     * What happens to a request.
     *
     * @param refusal why it has no effect; empty when it has
     * @param response asked once it has taken effect; not empty when its response is lost or replaced
     */
    public record Watched(Optional<Refusal> refusal, Supplier<Optional<Refusal>> response) {
        /** Nothing goes wrong. */
        public static Watched undisturbed() {
            return new Watched(Optional.empty(), Optional::empty);
        }
    }

    /**
     * How a request is refused.
     *
     * @param status HTTP status from 400 to 599; 0 when the connection breaks without a response
     * @param reason in the words of the API, such as {@code TooManyRequests}
     */
    public record Refusal(int status, String reason, String message) {
        /** The connection breaks. */
        public static Refusal disconnected() {
            return new Refusal(0, "", "the connection broke");
        }
    }

    /**
     * Adds a cluster with nothing in it but what every cluster has.
     *
     * @param name name among these clusters
     * @param version version of the control plane, such as {@code 1.35.3}
     */
    public EmulatedCluster create(String name, Distribution distribution, String version) {
        URI endpoint = URI.create("http://127.0.0.1:" + port() + "/" + name);
        EmulatedCluster cluster = new EmulatedCluster(name, distribution, endpoint, version, clock);
        if (clusters.putIfAbsent(name, cluster) != null) {
            throw new IllegalStateException("there is a cluster " + name + " already");
        }
        return cluster;
    }

    /** A cluster that must be there. */
    public EmulatedCluster get(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("there is no cluster " + name));
    }

    public Optional<EmulatedCluster> find(String name) {
        return Optional.ofNullable(clusters.get(name));
    }

    public void remove(String name) {
        clusters.remove(name);
    }

    @Override
    public synchronized void close() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
    }

    private synchronized int port() {
        if (server == null) {
            server = LoopbackServer.create();
            server.createContext("/", this::handle);
            server.start();
        }
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Reply reply = reply(exchange, body);
            if (reply.status() == 0) {
                return;
            }
            exchange.getResponseHeaders().set("Content-Type", reply.type());
            exchange.getResponseHeaders()
                    .set(
                            EMULATED_DATE,
                            DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                    clock.instant().atZone(ZoneOffset.UTC)));
            exchange.sendResponseHeaders(reply.status(), reply.body().length);
            exchange.getResponseBody().write(reply.body());
        }
    }

    private record Reply(int status, String type, byte[] body) {
        static Reply of(Answer answer) throws IOException {
            return new Reply(answer.status(), "application/json", Json.MAPPER.writeValueAsBytes(answer.body()));
        }
    }

    private Reply reply(HttpExchange exchange, byte[] body) throws IOException {
        try {
            List<String> path = Arrays.stream(
                            exchange.getRequestURI().getRawPath().split("/", -1))
                    .filter(s -> !s.isEmpty())
                    .map(s -> URLDecoder.decode(s, StandardCharsets.UTF_8))
                    .toList();
            List<String> rest = path.isEmpty() ? path : path.subList(1, path.size());
            Watched watched = watch.request(exchange.getRequestMethod(), String.join("/", rest));
            if (watched.refusal().isPresent()) {
                return refused(watched.refusal().get());
            }
            EmulatedCluster cluster = path.isEmpty() ? null : clusters.get(path.get(0));
            if (cluster == null) {
                throw ApiError.unknownPath();
            }
            if (List.of("readyz", "livez", "healthz").contains(rest.isEmpty() ? "" : rest.get(0))) {
                return new Reply(200, "text/plain; charset=utf-8", "ok".getBytes(StandardCharsets.UTF_8));
            }
            String token = header(exchange, "Authorization");
            if (!token.startsWith("Bearer ") || token.length() == "Bearer ".length()) {
                throw new ApiError(401, "Unauthorized", "Unauthorized");
            }
            String agent = header(exchange, "User-Agent");
            Answer answer = cluster.handle(new Request(
                    exchange.getRequestMethod(),
                    rest,
                    query(exchange.getRequestURI().getRawQuery()),
                    header(exchange, "Content-Type"),
                    agent.isEmpty() ? "unknown" : agent.split("/", -1)[0],
                    body));
            Optional<Refusal> lost = watched.response().get();
            return lost.isPresent() ? refused(lost.get()) : Reply.of(answer);
        } catch (ApiError e) {
            return Reply.of(e.answer());
        } catch (RuntimeException | IOException e) {
            return Reply.of(new ApiError(500, "InternalError", "Internal error occurred: " + e).answer());
        }
    }

    private static Reply refused(Refusal refusal) throws IOException {
        return refusal.status() == 0
                ? new Reply(0, "", new byte[0])
                : Reply.of(new ApiError(refusal.status(), refusal.reason(), refusal.message()).answer());
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    private static Map<String, String> query(@Nullable String raw) {
        Map<String, String> query = new LinkedHashMap<>();
        if (raw != null) {
            for (String part : raw.split("&", -1)) {
                int equal = part.indexOf('=');
                String key = equal < 0 ? part : part.substring(0, equal);
                query.put(
                        URLDecoder.decode(key, StandardCharsets.UTF_8),
                        equal < 0 ? "" : URLDecoder.decode(part.substring(equal + 1), StandardCharsets.UTF_8));
            }
        }
        return query;
    }
}
