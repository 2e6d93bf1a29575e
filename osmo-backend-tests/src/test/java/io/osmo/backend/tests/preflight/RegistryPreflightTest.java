// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.plan.PreflightFinding.Status;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.testkit.EmulatedClouds;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pull secrets are tried before anything is built, on all providers alike. */
class RegistryPreflightTest {
    private static BackendSpec spec(String provider, String region, String registry) {
        return BackendSpec.builder("train")
                .on(provider, region)
                .computePool(
                        "cpu",
                        p -> p.instanceType(
                                        switch (provider) {
                                            case "gcp" -> "n2-standard-8";
                                            case "azure" -> "Standard_D8s_v5";
                                            default -> "m7i.2xlarge";
                                        })
                                .scale(0, 1))
                .pullSecret(registry, "$oauthtoken", () -> "nvapi-key")
                .build();
    }

    private static PreflightFinding registry(BackendSpec spec, Consumer<EmulatedClouds> before) {
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            before.accept(clouds);
            return only(osmo.preflight(spec).findings());
        }
    }

    private static PreflightFinding only(List<PreflightFinding> findings) {
        List<PreflightFinding> found = findings.stream()
                .filter(finding -> finding.check().equals("preflight.registry"))
                .toList();
        assertThat(found).hasSize(1);
        assertThat(found.get(0).message() + found.get(0).remedy()).doesNotContain("nvapi-key");
        return found.get(0);
    }

    @ParameterizedTest
    @CsvSource({"aws, us-west-2", "gcp, us-central1", "azure, eastus2"})
    void refused_credentials_fail(String provider, String region) {
        PreflightFinding finding = registry(
                spec(provider, region, "nvcr.io"),
                clouds -> clouds.registries().user("nvcr.io", "$oauthtoken", "another key"));

        assertThat(finding.status()).isEqualTo(Status.FAIL);
        assertThat(finding.message())
                .isEqualTo("nvcr.io refuses the credentials of $oauthtoken (status 401 of tokens.nvcr.io)");
        assertThat(finding.remedy()).contains("pull secret nvcr-io-pull");
    }

    @Test
    void accepted_credentials_pass_without_a_pull() {
        PreflightFinding finding = registry(
                spec("aws", "us-west-2", "docker.io"),
                clouds -> clouds.registries().user("registry-1.docker.io", "$oauthtoken", "nvapi-key"));

        assertThat(finding.status()).isEqualTo(Status.PASS);
        assertThat(finding.message()).isEqualTo("docker.io accepts the credentials of $oauthtoken");
    }

    @Test
    void a_registry_without_tokens_is_asked_with_the_password() {
        BackendSpec spec = spec("aws", "us-west-2", "registry.example.com:5000");

        assertThat(registry(spec, clouds -> clouds.registries().basic("registry.example.com:5000"))
                        .status())
                .isEqualTo(Status.PASS);
        assertThat(registry(spec, clouds -> {
                            clouds.registries().basic("registry.example.com:5000");
                            clouds.registries().user("registry.example.com:5000", "$oauthtoken", "another key");
                        })
                        .status())
                .isEqualTo(Status.FAIL);
    }

    @Test
    void a_registry_that_does_not_answer_is_unknown() {
        PreflightFinding silent = registry(
                spec("aws", "us-west-2", "nvcr.io"),
                clouds -> clouds.registries().broken("nvcr.io", 0));
        PreflightFinding down = registry(
                spec("aws", "us-west-2", "nvcr.io"),
                clouds -> clouds.registries().broken("nvcr.io", 503));

        assertThat(silent.status()).isEqualTo(Status.UNKNOWN);
        assertThat(silent.message()).startsWith("nvcr.io could not be asked: ");
        assertThat(down.message()).contains("status 503 of nvcr.io/v2/");
    }

    @Test
    void nothing_is_asked_when_nothing_changes() {
        BackendSpec spec = spec("aws", "us-west-2", "nvcr.io");
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            osmo.apply(osmo.plan(spec));

            osmo.preflight(osmo.plan(spec));

            assertThat(clouds.registries().calls()).isEmpty();
        }
    }

    @Test
    void it_works_over_http() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String authority = "127.0.0.1:" + server.getAddress().getPort();
        String basic =
                "Basic " + Base64.getEncoder().encodeToString("$oauthtoken:nvapi-key".getBytes(StandardCharsets.UTF_8));
        server.createContext("/v2/", exchange -> {
            boolean known = "Bearer t0ken".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.getResponseHeaders()
                    .set("WWW-Authenticate", "Bearer realm=\"http://" + authority + "/token\",service=\"test\"");
            answer(exchange, known ? 200 : 401, "{}");
        });
        server.createContext("/token", exchange -> {
            boolean known = basic.equals(exchange.getRequestHeaders().getFirst("Authorization"))
                    && "service=test&account=%24oauthtoken"
                            .equals(exchange.getRequestURI().getRawQuery());
            answer(exchange, known ? 200 : 401, "{\"access_token\":\"t0ken\"}");
        });
        server.start();
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = OsmoBackends.builder()
                        .scheduler(clouds.time())
                        .provider(clouds.aws().provider())
                        .build()) {
            assertThat(only(osmo.preflight(spec("aws", "us-west-2", authority)).findings())
                            .status())
                    .isEqualTo(Status.PASS);
        } finally {
            server.stop(0);
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
