// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.client.http.ByteArrayContent;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.HttpResponseException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests of Google's clients, carried by the JDK's client to a server. */
class JdkTransportTest {
    private static final byte[] CHUNK = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);

    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/echo", exchange -> answer(exchange, 200));
        server.createContext("/refused", exchange -> answer(exchange, 403));
        server.createContext("/late", exchange -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        server.createContext("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                for (int i = 0; i < 1000; i++) {
                    body.write(CHUNK);
                }
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
    }

    /** What the server was sent: method, headers that matter, body. */
    private static void answer(HttpExchange exchange, int status) throws IOException {
        try (exchange) {
            String said = exchange.getRequestMethod() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + exchange.getRequestHeaders().getFirst("Content-Type") + " "
                    + exchange.getRequestHeaders().getFirst("Accept-Encoding") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            byte[] bytes = said.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=UTF-8");
            exchange.getResponseHeaders().set("X-Answered-By", "test");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private HttpRequest request(String method, String path) throws IOException {
        return request(method, path, Duration.ofSeconds(30));
    }

    private HttpRequest request(String method, String path, Duration timeout) throws IOException {
        return new JdkTransport(SharedThreads.http(), timeout)
                .createRequestFactory()
                .buildRequest(
                        method,
                        new GenericUrl("http://127.0.0.1:" + server.getAddress().getPort() + path),
                        method.equals("GET") ? null : ByteArrayContent.fromString("application/json", "{\"größe\":1}"));
    }

    @Test
    void a_request_arrives_with_its_headers_and_body_and_asks_for_no_compression() throws IOException {
        HttpRequest patch = request("PATCH", "/echo");
        patch.getHeaders().setAuthorization("Bearer t");

        HttpResponse response = patch.execute();

        assertThat(response.parseAsString()).isEqualTo("PATCH Bearer t application/json null {\"größe\":1}");
        assertThat(response.getHeaders().getFirstHeaderStringValue("X-Answered-By"))
                .isEqualTo("test");
        assertThat(request("GET", "/echo").execute().parseAsString()).startsWith("GET null null null");
    }

    @Test
    void a_refusal_keeps_its_status_and_its_text() throws IOException {
        HttpRequest refused = request("POST", "/refused");

        assertThatThrownBy(refused::execute).isInstanceOfSatisfying(HttpResponseException.class, e -> {
            assertThat(e.getStatusCode()).isEqualTo(403);
            assertThat(e.getContent()).contains("POST");
        });
    }

    @Test
    void an_answer_that_does_not_end_is_given_up_at_the_limit() throws IOException {
        HttpRequest endless = request("GET", "/endless");

        assertThatThrownBy(endless::execute)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("more than " + JdkTransport.LONGEST_ANSWER + " bytes");
    }

    @Test
    void an_answer_that_does_not_come_is_a_timeout() throws IOException {
        HttpRequest late = request("GET", "/late", Duration.ofMillis(50));

        assertThatThrownBy(late::execute).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void an_interrupt_ends_a_call() throws IOException {
        HttpRequest late = request("GET", "/late");
        Thread.currentThread().interrupt();

        assertThatThrownBy(late::execute).isInstanceOf(InterruptedIOException.class);

        assertThat(Thread.interrupted()).isTrue();
    }
}
