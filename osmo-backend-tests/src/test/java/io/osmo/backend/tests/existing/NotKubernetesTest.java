// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.existing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.kubernetes.existing.ExistingProvider;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.VirtualTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Something answers everything with status 200 that is no API server: it is told as that, and never as an empty cluster. */
class NotKubernetesTest {
    private static final BackendSpec SPEC = BackendSpec.builder("train-west")
            .on("existing", "lab")
            .computePool("cpu", p -> p.instanceType("lab-8").scale(2, 4))
            .pullSecret("registry.example.com", "robot", () -> "not-a-real-password")
            .build();

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | {}",
                "{\"gitVersion\":\"v1.35.3\"} | {}",
                "{\"gitVersion\":\"v1.35.3\"} | {\"items\":[]}",
                "{\"gitVersion\":\"v1.35.3\"} | {\"metadata\":{},\"items\":[{}]}",
                "{\"gitVersion\":\"v1.35.3\"} | {\"metadata\":{},\"items\":[{\"metadata\":{}}]}",
                "{\"gitVersion\":\"v1.35.3\"} | {\"metadata\":{},\"items\":[null]}",
                "null | null",
                "<html> | <html>"
            })
    void what_is_no_api_server_is_no_empty_cluster(String version, String other) {
        server.createContext("/", exchange -> {
            String answer = exchange.getRequestURI().getPath().equals("/version") ? version : other;
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        ClusterAccess access = new ClusterAccess(
                "lab",
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                Optional.empty(),
                () -> new ClusterAccess.Token("token", Instant.MAX));
        try (OsmoBackends osmo = OsmoBackends.builder()
                .provider(new ExistingProvider(settings -> access))
                .scheduler(VirtualTime.create())
                .build()) {
            Map<String, ThrowingCallable> asking = Map.of(
                    "plan", () -> osmo.plan(SPEC),
                    "planDestroy", () -> osmo.planDestroy(SPEC.ref()),
                    "get", () -> osmo.get(SPEC.ref()),
                    "list", () -> osmo.list("existing", "lab"),
                    "leftovers", () -> osmo.leftovers(SPEC.ref()));
            asking.forEach((call, asks) -> assertThatThrownBy(asks)
                    .as(call)
                    .isInstanceOfSatisfying(
                            CloudException.class,
                            told -> assertThat(told.remedy()).contains("prox")));
            assertThat(osmo.preflight(SPEC).findings().stream()
                            .filter(finding -> !finding.check().equals("preflight.identity")))
                    .isNotEmpty()
                    .noneMatch(finding -> finding.status() == PreflightFinding.Status.PASS
                            && !finding.check().startsWith("preflight.registr"));
        }
    }
}
