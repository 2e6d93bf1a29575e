// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.helm.internal.source;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A server on this machine that answers as it is told, and remembers who asked with which credential. */
final class LocalServer implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, Function<String, Answer>> answers = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /** One header, or none if its name is empty. */
    record Answer(int status, String header, String value, byte[] body) {}

    LocalServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    /** {@code 127.0.0.1} and the port. */
    String authority() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** What was asked, with the header {@code Authorization}. */
    List<String> requests() {
        return requests;
    }

    LocalServer on(String path, byte[] body) {
        return on(path, login -> new Answer(200, "", "", body));
    }

    LocalServer on(String path, String body) {
        return on(path, body.getBytes(StandardCharsets.UTF_8));
    }

    LocalServer redirect(String path, String location) {
        return on(path, login -> new Answer(307, "Location", location, new byte[0]));
    }

    /** @param answer by the header {@code Authorization} */
    LocalServer on(String path, Function<String, Answer> answer) {
        answers.put(path, answer);
        return this;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String login = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            requests.add(exchange.getRequestURI() + " " + login);
            Answer answer = answers.getOrDefault(
                            exchange.getRequestURI().getPath(), any -> new Answer(404, "", "", new byte[0]))
                    .apply(login);
            if (!answer.header().isEmpty()) {
                exchange.getResponseHeaders().set(answer.header(), answer.value());
            }
            exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
