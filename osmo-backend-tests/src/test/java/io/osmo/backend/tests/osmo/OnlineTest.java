// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.osmo;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.Backend;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.service.OsmoServiceClient;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.OsmoService;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.cluster.EmulatedCluster;
import io.osmo.backend.testkit.existing.EmulatedExisting;
import io.osmo.backend.testkit.osmo.EmulatedOperator;
import io.osmo.backend.testkit.osmo.EmulatedOsmoService;
import io.osmo.backend.testkit.osmo.OsmoCharts;
import io.osmo.backend.verify.BackendVerifier;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.report.Acceptance;
import io.osmo.backend.verify.report.Report;
import io.osmo.backend.verify.snapshot.ClusterSnapshot;
import io.osmo.backend.verify.snapshot.Expectations;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From a spec to a pool that is ONLINE, with both releases of OSMO. The quick start does the same on each emulated cloud. */
class OnlineTest {
    private static final String TOKEN = "not-a-real-token-but-as-long-as-one-has-to-";

    private static BackendSpec spec(String release) {
        return BackendSpec.builder("train-west")
                .on("existing", "lab")
                .computePool("cpu", p -> p.instanceType("lab-8").scale(2, 4))
                .pullSecret("nvcr.io", "$oauthtoken", () -> "not-a-real-password")
                .osmo(o -> o.release(release)
                        .serviceUrl("https://osmo.example.com")
                        .token(() -> TOKEN))
                .build();
    }

    private static List<String> problems(Report report) {
        return report.findings().stream()
                .filter(f -> f.status() == Status.FAIL || f.status() == Status.WARN)
                .filter(OnlineTest::isAbout)
                .map(Finding::toString)
                .toList();
    }

    /** Those of what was installed and of the service: the rest of this cluster is nobody's. */
    private static boolean isAbout(Finding finding) {
        return List.of("osmo", "operator", "kai").contains(finding.check().split("\\.", 2)[0]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.3.1", "6.4.0"})
    void a_backend_comes_online_step_by_step(String release) {
        BackendSpec spec = spec(release);
        VirtualTime time = VirtualTime.create();
        try (EmulatedExisting cloud = EmulatedExisting.on(time)
                        .nodes(1, "lab-4", Map.of("node-type", "operator"))
                        .nodes(2, "lab-8", Map.of("node-type", "compute"));
                OsmoBackends osmo = OsmoBackends.builder()
                        .provider(cloud.provider())
                        .scheduler(time)
                        .build();
                EmulatedOsmoService service =
                        EmulatedOsmoService.builder(time).release(release).build();
                OsmoServiceClient client = OsmoServiceClient.builder(spec)
                        .url(service.url().toString())
                        .scheduler(time)
                        .build()) {
            Backend backend = osmo.apply(osmo.plan(spec));
            EmulatedCluster cluster = cloud.cluster(spec.ref());
            BackendVerifier verifier = BackendVerifier.standard().osmo(client);
            EmulatedOperator operator = service.attach(cluster);

            assertThat(text(verifier.verify(backend))).contains("does not accept train-west: the OSMO service refuses");
            if (release.startsWith("6.4")) {
                service.credential("train-west", TOKEN);
            } else {
                service.token(TOKEN, LocalDate.of(2027, 6, 1), "osmo-backend");
            }
            assertThat(text(verifier.verify(backend))).contains("knows no backend train-west");
            service.declare(osmo.values(spec));
            assertThat(text(verifier.verify(backend))).contains("no operator has connected");

            OsmoCharts.installKai(cluster);
            OsmoCharts.installOperator(
                    cluster, osmo.values(spec), spec.osmo().orElseThrow().operatorNamespace());
            time.advance(Duration.ofMinutes(1));
            Report report = verifier.verify(backend);

            assertThat(operator.refusal()).isEmpty();
            assertThat(problems(report)).isEmpty();
            assertThat(report.toText()).endsWith("OSMO accepts train-west: pool default ONLINE\n");

            ClusterSnapshot saved =
                    ClusterSnapshot.fromJson(verifier.snapshot(backend).toJson());
            assertThat(BackendVerifier.standard().verify(saved).osmo()).isEqualTo(report.osmo());
            assertThat(saved.toJson()).doesNotContain(TOKEN);

            Report byName = verifier.verify(backend.access().orElseThrow(), Expectations.of(spec));
            assertThat(byName.osmo()).isEqualTo(report.osmo());

            operator.heartbeats(false);
            time.advance(Duration.ofMinutes(3));
            assertThat(text(verifier.verify(backend))).contains("no new heartbeat");

            assertAnotherTokenInTheClusterIsTold(spec, backend, cluster, verifier);
        }
    }

    /** The token of the spec is accepted, and that of the operator is another one. */
    private static void assertAnotherTokenInTheClusterIsTold(
            BackendSpec spec, Backend backend, EmulatedCluster cluster, BackendVerifier verifier) {
        OsmoService service = spec.osmo().orElseThrow();
        cluster.put(Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Secret",
                "metadata",
                Map.of("name", service.tokenSecretName(), "namespace", service.operatorNamespace()),
                "data",
                Map.of(
                        "token",
                        Base64.getEncoder().encodeToString("z".repeat(43).getBytes(StandardCharsets.UTF_8)))));

        assertThat(text(verifier.verify(backend)))
                .contains("does not accept train-west: the OSMO service refuses the token in secret/"
                        + service.operatorNamespace() + "/" + service.tokenSecretName());
    }

    private static String text(Report report) {
        assertThat(report.osmo().orElseThrow().state()).isEqualTo(Acceptance.State.NOT_ACCEPTED);
        return report.osmo().orElseThrow().text();
    }
}
