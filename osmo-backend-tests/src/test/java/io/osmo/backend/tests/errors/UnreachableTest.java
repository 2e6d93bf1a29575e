// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.PreflightReport;
import io.osmo.backend.aws.AwsProvider;
import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.azure.AzureEndpoint;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.gcp.GcpClients;
import io.osmo.backend.gcp.GcpProvider;
import io.osmo.backend.gcp.GcpService;
import io.osmo.backend.gcp.GcpTarget;
import io.osmo.backend.kubernetes.existing.ExistingSettings;
import io.osmo.backend.plan.PreflightFinding.Status;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.BackendSpecBuilder;
import io.osmo.backend.spec.ProviderSettings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Hosts that cannot be reached are told within ten seconds of real time, as what they are, the same by preflight and plan. All cases
 * run at the same time, because most of them only wait.
 */
class UnreachableTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final List<String> PROVIDERS = List.of("aws", "gcp", "azure", "existing");

    /** Enough for the cases that wait longest, and few enough for the others not to wait for processors. */
    private static final int THREADS = 12;

    /** What is wrong with an address, and the code that tells it; the ones that wait longest come first. */
    private enum Kind {
        SILENT("UNREACHABLE"),
        MUTE("UNREACHABLE"),
        CLOSED("CONNECTION-REFUSED"),
        SELF_SIGNED("CERTIFICATE-UNTRUSTED"),
        PLAIN("NOT-TLS"),
        REFUSING("TLS-FAILED"),
        UNKNOWN("UNKNOWN-HOST");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        private String authority() {
            return endpoints.authority(name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
    }

    @TempDir
    static Path directory;

    private static final Map<Case, Calls> CALLS = new HashMap<>();
    private static final ExecutorService POOL = Executors.newFixedThreadPool(THREADS);

    private static Endpoints endpoints;

    private record Case(String provider, Kind kind) {}

    private record Timed<T>(T result, Duration took) {}

    private record Calls(Future<Timed<CloudException>> plan, Future<Timed<PreflightReport>> preflight) {}

    @BeforeAll
    static void call() throws Exception {
        endpoints = new Endpoints(directory);
        System.setProperty("aws.accessKeyId", "AKIAIOSFODNN7EXAMPLE");
        System.setProperty("aws.secretAccessKey", "secret");
        // Loading the classes of a vendor's clients for the first time is not what is measured.
        for (String provider : PROVIDERS) {
            preflight(new Case(provider, Kind.PLAIN)).result();
        }
        cases().forEach(wrong ->
                CALLS.put(wrong, new Calls(POOL.submit(() -> plan(wrong)), POOL.submit(() -> preflight(wrong)))));
    }

    @AfterAll
    static void close() throws Exception {
        POOL.shutdownNow();
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        endpoints.close();
    }

    static Stream<Case> cases() {
        return Arrays.stream(Kind.values())
                .flatMap(kind -> PROVIDERS.stream().map(provider -> new Case(provider, kind)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void what_is_wrong_with_the_way_is_told_in_time_and_alike(Case wrong) throws Exception {
        Calls calls = CALLS.get(wrong);
        Timed<CloudException> plan = calls.plan().get();
        Timed<PreflightReport> preflight = calls.preflight().get();

        CloudException told = plan.result();
        assertThat(told).isNotNull();
        assertThat(told.code()).as(told.toString()).isEqualTo(wrong.kind().code);
        assertThat(told.remedy()).doesNotContain("Health Dashboard", "status.cloud", "azure.status", "login");
        assertThat(told.toString()).contains(told.remedy());
        assertThat(plan.took()).isLessThan(PATIENCE);
        assertThat(preflight.took()).isLessThan(PATIENCE);
        assertThat(preflight.result().findings())
                .filteredOn(finding -> finding.status() != Status.PASS)
                .anySatisfy(finding -> assertThat(finding.remedy()).isEqualTo(told.remedy()));
    }

    private static Timed<CloudException> plan(Case wrong) throws Exception {
        return timed(wrong, (osmo, spec) -> catchThrowableOfType(CloudException.class, () -> osmo.plan(spec)));
    }

    private static Timed<PreflightReport> preflight(Case wrong) throws Exception {
        return timed(wrong, OsmoBackends::preflight);
    }

    private static <T> Timed<T> timed(Case wrong, BiFunction<OsmoBackends, BackendSpec, T> call) throws Exception {
        URI endpoint = URI.create("https://" + wrong.kind().authority());
        BackendSpec spec = spec(wrong.provider(), endpoint);
        try (OsmoBackends osmo = osmo(wrong.provider(), endpoint)) {
            long begun = System.nanoTime();
            T result = call.apply(osmo, spec);
            return new Timed<>(result, Duration.ofNanos(System.nanoTime() - begun));
        }
    }

    private static BackendSpec spec(String provider, URI endpoint) throws Exception {
        BackendSpecBuilder spec = BackendSpec.builder("train-west").on(provider, region(provider));
        return spec.computePool("cpu", p -> p.instanceType(machine(provider)).scale(1, 2))
                .settings(settings(provider, endpoint))
                .build();
    }

    private static String region(String provider) {
        return switch (provider) {
            case "aws" -> "us-west-2";
            case "gcp" -> "us-central1";
            case "azure" -> "eastus2";
            default -> "here";
        };
    }

    private static String machine(String provider) {
        return switch (provider) {
            case "gcp" -> "n2-standard-8";
            case "azure" -> "Standard_D8s_v5";
            default -> "m7i.2xlarge";
        };
    }

    private static ProviderSettings settings(String provider, URI endpoint) throws Exception {
        return switch (provider) {
            case "aws" -> EksSettings.builder().endpointOverride(endpoint).build();
            case "gcp" -> io.osmo.backend.gcp.GkeSettings.defaults();
            case "azure" ->
                AksSettings.builder()
                        .subscription("11111111-2222-4333-8444-555555555555")
                        .endpoint(endpoint)
                        .build();
            default ->
                ExistingSettings.defaults().withKubeconfig(kubeconfig(endpoint).toString());
        };
    }

    private static Path kubeconfig(URI endpoint) throws Exception {
        return Files.writeString(Files.createTempFile(directory, "kubeconfig", ""), """
                apiVersion: v1
                kind: Config
                current-context: c
                contexts: [{name: c, context: {cluster: c, user: u}}]
                clusters: [{name: c, cluster: {server: "%s"}}]
                users: [{name: u, user: {token: t}}]
                """.formatted(endpoint));
    }

    private static OsmoBackends osmo(String provider, URI endpoint) {
        OsmoBackends.Builder osmo = OsmoBackends.builder();
        return switch (provider) {
            case "aws" -> osmo.provider(new AwsProvider()).build();
            case "gcp" ->
                osmo.provider(new GcpProvider((region, settings) -> GcpClients.connect(google(endpoint))))
                        .build();
            case "azure" -> osmo.provider(AzureEndpoint.provider(endpoint)).build();
            default -> osmo.build();
        };
    }

    private static GcpTarget google(URI endpoint) {
        GoogleCredentials token = GoogleCredentials.create(new AccessToken("t", new Date(Long.MAX_VALUE)));
        GcpTarget.Builder target = GcpTarget.builder(() -> "p", () -> token);
        for (GcpService service : GcpService.values()) {
            target.endpoint(service, endpoint);
        }
        return target.build();
    }
}
