// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.osmo.backend.spi.VirtualTime.SimulatedCrash;
import io.osmo.backend.testkit.cloud.ServedCloud;
import io.osmo.backend.testkit.internal.LoopbackServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** Answers requests to one emulated cloud on 127.0.0.1, one at a time, each as a call on virtual time. */
public final class CloudServer implements ServedCloud {
    private final Pace pace;
    private final Function<HttpCall, HttpReply> cloud;
    private final HttpServer server = LoopbackServer.create();
    private final URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    private final Map<String, String> environment;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** @param environment variables that lead clients to the server, by its URL */
    public CloudServer(
            Pace pace,
            Duration perRequest,
            Function<HttpCall, HttpReply> cloud,
            Function<URI, Map<String, String>> environment) {
        if (perRequest.isNegative()) {
            throw new IllegalArgumentException("a request cannot take " + perRequest);
        }
        this.pace = pace;
        this.cloud = cloud;
        this.environment = Map.copyOf(environment.apply(url));
        pace.set(perRequest);
        server.createContext("/", this::handle);
        server.start();
    }

    @Override
    public URI url() {
        return url;
    }

    @Override
    public Map<String, String> environment() {
        return new TreeMap<>(environment);
    }

    @Override
    public void close() {
        // The JDK's server cannot be stopped twice.
        if (!closed.getAndSet(true)) {
            pace.set(Duration.ZERO);
            server.stop(0);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(HttpCall.LIMIT + 1);
            HttpReply reply = body.length > HttpCall.LIMIT ? tooLarge() : reply(HttpCall.of(exchange, body));
            if (reply.equals(HttpReply.DISCONNECTED)) {
                return;
            }
            byte[] content = reply.body().getBytes(StandardCharsets.UTF_8);
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            boolean hasBody = content.length > 0 && !exchange.getRequestMethod().equals("HEAD");
            // -1 is the JDK's word for no body; 0 would be one of unknown length.
            exchange.sendResponseHeaders(reply.status(), hasBody ? content.length : -1);
            if (hasBody) {
                exchange.getResponseBody().write(content);
            }
        }
    }

    private static HttpReply tooLarge() {
        return HttpReply.json(413, "{\"message\":\"The request is longer than " + HttpCall.LIMIT + " bytes\"}");
    }

    private HttpReply reply(HttpCall call) {
        pace.tick();
        try {
            return pace.answer(() -> cloud.apply(call));
        } catch (SimulatedCrash | UncheckedIOException broken) {
            // A rule ends the process that calls, or breaks its connection. Another process only sees the latter.
            return HttpReply.DISCONNECTED;
        }
    }
}
