// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.rpc.ResourceExhaustedException;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.sun.net.httpserver.HttpServer;
import io.osmo.backend.gcp.internal.GcpRest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vendor's clients over real connections, to a service that may have had too many requests. */
class DefaultGcpClientsTest {
    /** Threads that all sessions share: four for HTTP with a selector, a timer of connections, and one for retries. */
    private static final int SHARED = 7;

    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger throttled = new AtomicInteger();
    private final List<GcpClients> sessions = new ArrayList<>();
    private volatile int refusal = 429;
    private volatile String reason = "rateLimitExceeded";
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            boolean refused = throttled.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
            byte[] body = (refused
                            ? "{'error':{'code':%d,'message':'Quota exceeded','errors':[{'reason':'%s'}]}}"
                                    .formatted(refusal, reason)
                                    .replace('\'', '"')
                            : "{}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(refused ? refusal : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        sessions.forEach(GcpClients::close);
        server.stop(0);
    }

    private GcpClients session(String project, int attempts) {
        GoogleCredentials token = GoogleCredentials.create(new AccessToken("t", new Date(Long.MAX_VALUE)));
        GcpTarget.Builder target = GcpTarget.builder(() -> project, () -> token).attempts(attempts);
        for (GcpService service : GcpService.values()) {
            target.endpoint(
                    service,
                    URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
        }
        GcpClients session = GcpClients.connect(target.build());
        sessions.add(session);
        return session;
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .collect(Collectors.toSet());
    }

    @Test
    void sessions_of_many_projects_start_no_threads_of_their_own() {
        Set<Thread> before = threads();

        IntStream.range(0, 30)
                .forEach(i -> session("p" + i, 1)
                        .networks()
                        .list("p" + i)
                        .iterateAll()
                        .forEach(network -> {}));

        assertThat(threads().stream().filter(thread -> !before.contains(thread)).toList())
                .hasSizeLessThanOrEqualTo(SHARED);
        assertThat(requests).hasValue(30);
    }

    /** Compute Engine says 403 where other services say 429. */
    @ParameterizedTest
    @CsvSource({"429, rateLimitExceeded", "403, rateLimitExceeded", "403, RATE_LIMIT_EXCEEDED"})
    void a_read_that_is_throttled_is_repeated(int status, String why) {
        refusal = status;
        reason = why;
        GcpClients session = session("p", 4);

        throttled.set(1);
        session.networks().list("p").iterateAll().forEach(network -> {});
        throttled.set(1);
        new GcpRest(session).get(GcpService.IAM, "/v1/projects/p/serviceAccounts");

        assertThat(requests).hasValue(4);
    }

    @Test
    void a_read_that_stays_throttled_is_given_up() {
        throttled.set(Integer.MAX_VALUE);
        GcpClients session = session("p", 2);

        assertThatThrownBy(() -> session.networks().list("p")).isInstanceOf(ResourceExhaustedException.class);
        assertThatThrownBy(() -> new GcpRest(session).get(GcpService.IAM, "/v1/projects/p/serviceAccounts"))
                .hasMessageContaining("Quota exceeded");

        assertThat(requests).hasValue(4);
    }

    @Test
    void what_is_forbidden_for_another_reason_is_asked_once() {
        refusal = 403;
        reason = "forbidden";
        throttled.set(Integer.MAX_VALUE);
        GcpClients session = session("p", 4);

        assertThatThrownBy(() -> session.networks().list("p")).hasMessageContaining("403");
        assertThatThrownBy(() -> new GcpRest(session).get(GcpService.IAM, "/v1/projects/p/serviceAccounts"))
                .hasMessageContaining("Quota exceeded");

        assertThat(requests).hasValue(2);
    }
}
