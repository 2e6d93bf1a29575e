// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.osmo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.fault.Call;
import io.osmo.backend.testkit.fault.Faults;
import io.osmo.backend.testkit.internal.CallLog;
import io.osmo.backend.testkit.internal.LoopbackServer;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** The HTTP server in front: records calls, applies faults, and writes answers. */
public final class ServiceServer implements AutoCloseable {
    private final ServiceCore core;
    private final VirtualTime time;
    private final CallLog calls;
    private final Faults faults;
    private final HttpServer server;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean stalled;

    public ServiceServer(ServiceCore core, VirtualTime time, CallLog calls, Faults faults) {
        this.core = core;
        this.time = time;
        this.calls = calls;
        this.faults = faults;
        this.server = LoopbackServer.create();
        server.createContext("/", this::handle);
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public void stall(boolean whether) {
        stalled = whether;
    }

    private record Reply(int status, String type, String body) {}

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Reply reply = reply(exchange, body);
            if (stalled) {
                closed.await();
            }
            if (reply.status() == 0) {
                return;
            }
            byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", reply.type());
            if (reply.status() / 100 == 3) {
                exchange.getResponseHeaders().set("Location", reply.body());
            }
            exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Reply reply(HttpExchange exchange, String body) {
        String method = exchange.getRequestMethod();
        URI uri = exchange.getRequestURI();
        List<String> path = Arrays.stream(uri.getRawPath().split("/", -1))
                .filter(part -> !part.isEmpty())
                .map(part -> URLDecoder.decode(part, StandardCharsets.UTF_8))
                .toList();
        try {
            Call call = calls.record(
                    time.now(), method + " " + String.join("/", path), method.equals("GET"), headers(exchange));
            Faults.Decision fault = faults.decide(call);
            fault.before(call);
            Routes.Answer answer = core.answer(
                    new Routes.Request(method, path, query(uri.getRawQuery()), body),
                    bearer(exchange.getRequestHeaders().getFirst("Authorization")));
            fault.after(call);
            return new Reply(200, answer.type(), answer.body());
        } catch (ServiceRefusal refused) {
            return new Reply(refused.status(), refused.type(), refused.body());
        } catch (RuntimeException e) {
            ServiceRefusal defect = ServiceRefusal.internal(e.toString());
            return new Reply(defect.status(), defect.type(), defect.body());
        }
    }

    /** Names in lower case. */
    private static Map<String, String> headers(HttpExchange exchange) {
        Map<String, String> headers = new LinkedHashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
        return headers;
    }

    private static Optional<String> bearer(@Nullable String header) {
        return Optional.ofNullable(header)
                .filter(value -> value.startsWith("Bearer "))
                .map(value -> value.substring("Bearer ".length()));
    }

    private static Map<String, List<String>> query(@Nullable String raw) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        for (String part : raw == null ? new String[0] : raw.split("&", -1)) {
            String[] pair = part.split("=", 2);
            query.computeIfAbsent(URLDecoder.decode(pair[0], StandardCharsets.UTF_8), key -> new ArrayList<>())
                    .add(pair.length < 2 ? "" : URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
