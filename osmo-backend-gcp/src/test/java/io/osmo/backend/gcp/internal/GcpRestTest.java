// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.sun.net.httpserver.HttpServer;
import io.osmo.backend.gcp.GcpClients;
import io.osmo.backend.gcp.GcpService;
import io.osmo.backend.gcp.internal.client.JdkTransport;
import io.osmo.backend.gcp.internal.client.SharedThreads;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers of REST services, however long they are. */
class GcpRestTest {
    private static final byte[] CHUNK = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);

    private HttpServer server;
    private GcpRest rest;
    private volatile long sent;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/small", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write("{\"name\":\"größe\"}".getBytes(StandardCharsets.UTF_8));
            }
        });
        // Goes on until the client has had enough.
        server.createContext("/endless", exchange -> {
            exchange.sendResponseHeaders(exchange.getRequestURI().getPath().endsWith("refused") ? 403 : 200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                for (int i = 0; i < 1000; i++) {
                    body.write(CHUNK);
                    sent += CHUNK.length;
                }
            }
        });
        server.start();
        GcpClients clients = mock(GcpClients.class);
        when(clients.endpoint(GcpService.IAM))
                .thenReturn(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
        when(clients.http()).thenReturn(SharedThreads.http());
        when(clients.credentials())
                .thenReturn(GoogleCredentials.create(
                        new AccessToken("token", Date.from(Instant.parse("2100-01-01T00:00:00Z")))));
        rest = new GcpRest(clients);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void an_answer_is_read_as_json() {
        assertThat(rest.get(GcpService.IAM, "/small").path("name").asText()).isEqualTo("größe");
    }

    @Test
    void an_endless_answer_is_given_up_at_the_limit() {
        for (String path : new String[] {"/endless", "/endless/refused"}) {
            sent = 0;
            RestFailure failure = catchThrowableOfType(RestFailure.class, () -> rest.get(GcpService.IAM, path));

            assertThat(failure).hasMessageContaining("more than " + JdkTransport.LONGEST_ANSWER + " bytes");
            assertThat(failure.reason()).isEqualTo("MALFORMED_ANSWER");
            assertThat(sent).isLessThan(2L * JdkTransport.LONGEST_ANSWER);
        }
    }
}
