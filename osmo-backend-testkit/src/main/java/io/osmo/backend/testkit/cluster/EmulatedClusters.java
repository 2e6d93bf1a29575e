// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cluster;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.osmo.backend.testkit.cluster.internal.LocalServers;
import io.osmo.backend.testkit.internal.LoopbackServer;
import io.osmo.backend.testkit.internal.http.LocalClient;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The API servers of all emulated clusters of a test: one HTTP server on a free port of 127.0.0.1, started with the first
 * cluster. Clients of {@link io.osmo.backend.kubernetes.KubernetesClients} in the same process call it without a socket. Safe for
 * concurrent use.
 */
public final class EmulatedClusters implements AutoCloseable {
    private final InstantSource clock;
    private final Map<String, EmulatedCluster> clusters = new ConcurrentHashMap<>();
    private final ClusterCalls calls;
    private @Nullable HttpServer server;

    /**
     * @param clock clock for timestamps of objects
     * @param beforeRequest runs before each request is answered, to bring an emulated cloud up to the current time
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
        this.calls = new ClusterCalls(clock, watch, clusters);
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
     * What the watch does with a request.
     *
     * @param refusal the refusal; empty if the request takes effect
     * @param response called once it has taken effect; not empty to lose or replace its response
     */
    public record Watched(Optional<Refusal> refusal, Supplier<Optional<Refusal>> response) {
        /** The request takes effect and its response arrives. */
        public static Watched undisturbed() {
            return new Watched(Optional.empty(), Optional::empty);
        }
    }

    /**
     * The refusal of a request.
     *
     * @param status HTTP status from 400 to 599; 0 if the connection breaks without a response
     * @param reason reason as the API spells it, such as {@code TooManyRequests}
     */
    public record Refusal(int status, String reason, String message) {
        /** The connection breaks. */
        public static Refusal disconnected() {
            return new Refusal(0, "", "the connection broke");
        }
    }

    /**
     * Adds a cluster with the objects that every cluster has.
     *
     * @param name name, unique among these clusters
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

    /** A cluster that must exist. */
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
            LocalServers.remove(server.getAddress().getPort());
            server.stop(0);
            server = null;
        }
    }

    private synchronized int port() {
        if (server == null) {
            server = LoopbackServer.create();
            server.createContext("/", this::handle);
            server.start();
            LocalServers.add(server.getAddress().getPort(), calls::answer);
        }
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            LocalClient.Answer answer;
            try {
                answer = calls.answer(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI(),
                        name -> Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)),
                        body);
            } catch (EOFException lost) {
                return;
            }
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(answer.status(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
        }
    }

    /** The names of the clusters. */
    @Override
    public String toString() {
        return "clusters " + new TreeSet<>(clusters.keySet());
    }
}
