// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.moto;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stands between a JVM and moto, counts what would change something, and kills the JVM when its hour has come. */
final class KillingProxy implements AutoCloseable {
    /** When the JVM is killed. */
    enum Moment {
        /** Moto never sees the request. */
        BEFORE_THE_EFFECT,
        /** Moto has done what was asked; nobody hears the answer. */
        AFTER_THE_EFFECT
    }

    private static final Set<String> OWN_HEADERS =
            Set.of("host", "connection", "content-length", "expect", "upgrade", "transfer-encoding", "server", "date");
    private static final Pattern ACTION = Pattern.compile("(?:^|&)Action=([A-Za-z]+)");

    private final URI moto;
    private final int fatal;
    private final Moment moment;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger changes = new AtomicInteger();
    private volatile String killedAt = "";
    private volatile OtherJvm victim;

    /** @param fatal number of the changing request that costs the JVM its life, from one; zero spares it */
    KillingProxy(URI moto, int fatal, Moment moment) {
        this.moto = moto;
        this.fatal = fatal;
        this.moment = moment;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /** Starts the JVM that has to die. */
    OtherJvm start(String what) {
        synchronized (this) {
            victim = OtherJvm.start(what, endpoint());
            return victim;
        }
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Requests so far that would change something. */
    int changes() {
        return changes.get();
    }

    /** The request at which the JVM was killed; empty when it was not. */
    String killedAt() {
        return killedAt;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String operation = operation(exchange, body);
            boolean last = isChange(exchange, operation) && changes.incrementAndGet() == fatal;
            if (!killedAt.isEmpty()) {
                return;
            }
            if (last && moment == Moment.BEFORE_THE_EFFECT) {
                kill(operation);
                return;
            }
            HttpResponse<byte[]> answer = forward(exchange, body);
            if (last) {
                kill(operation);
                return;
            }
            answer.headers().map().forEach((name, values) -> {
                if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                    exchange.getResponseHeaders().put(name, values);
                }
            });
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        }
    }

    private void kill(String operation) {
        killedAt = operation;
        synchronized (this) {
            victim.kill();
        }
    }

    private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        moto.resolve(exchange.getRequestURI().toString()))
                .method(
                        exchange.getRequestMethod(),
                        body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        try {
            return http.send(request.build(), BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Of the query and JSON protocols the action; of REST the method and the path. */
    private static String operation(HttpExchange exchange, byte[] body) {
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        if (target != null) {
            return target.substring(target.lastIndexOf('.') + 1);
        }
        Matcher action = ACTION.matcher(new String(body, StandardCharsets.UTF_8));
        return action.find() ? action.group(1) : exchange.getRequestMethod() + " " + exchange.getRequestURI();
    }

    private static boolean isChange(HttpExchange exchange, String operation) {
        return !"GET".equals(exchange.getRequestMethod()) && !operation.matches("(Describe|Get|List).*");
    }

    /** Returns when nothing that the JVM has asked for is under way any more. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
        try {
            if (!threads.awaitTermination(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("requests are still under way");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
