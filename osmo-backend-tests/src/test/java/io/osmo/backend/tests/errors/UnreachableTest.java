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
import java.util.Date;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hosts that cannot be reached are told within ten seconds of real time, as what they are, the same by preflight and plan. */
class UnreachableTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    static Path directory;

    private static Endpoints endpoints;

    @BeforeAll
    static void open() throws Exception {
        endpoints = new Endpoints(directory);
        System.setProperty("aws.accessKeyId", "AKIAIOSFODNN7EXAMPLE");
        System.setProperty("aws.secretAccessKey", "secret");
        // Loading the classes of a vendor's clients for the first time is not what is measured.
        for (String provider : List.of("aws", "gcp", "azure", "existing")) {
            URI endpoint = URI.create("https://" + endpoints.authority("closed"));
            try (OsmoBackends osmo = osmo(provider, endpoint)) {
                osmo.preflight(spec(provider, endpoint));
            }
        }
    }

    @AfterAll
    static void close() throws Exception {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        endpoints.close();
    }

    @ParameterizedTest
    @CsvSource({
        "aws, closed, CONNECTION-REFUSED",
        "aws, plain, NOT-TLS",
        "aws, self-signed, CERTIFICATE-UNTRUSTED",
        "aws, unknown, UNKNOWN-HOST",
        "aws, silent, UNREACHABLE",
        "gcp, closed, CONNECTION-REFUSED",
        "gcp, plain, NOT-TLS",
        "gcp, self-signed, CERTIFICATE-UNTRUSTED",
        "gcp, unknown, UNKNOWN-HOST",
        "gcp, silent, UNREACHABLE",
        "azure, closed, CONNECTION-REFUSED",
        "azure, plain, NOT-TLS",
        "azure, self-signed, CERTIFICATE-UNTRUSTED",
        "azure, unknown, UNKNOWN-HOST",
        "azure, silent, UNREACHABLE",
        "existing, closed, CONNECTION-REFUSED",
        "existing, plain, NOT-TLS",
        "existing, self-signed, CERTIFICATE-UNTRUSTED",
        "existing, unknown, UNKNOWN-HOST",
        "existing, silent, UNREACHABLE",
    })
    void what_is_wrong_with_the_way_is_told_in_time_and_alike(String provider, String kind, String code)
            throws Exception {
        URI endpoint = URI.create("https://" + endpoints.authority(kind));
        BackendSpec spec = spec(provider, endpoint);
        try (OsmoBackends osmo = osmo(provider, endpoint)) {
            Timed<CloudException> plan = timed(() -> catchThrowableOfType(CloudException.class, () -> osmo.plan(spec)));
            Timed<PreflightReport> preflight = timed(() -> osmo.preflight(spec));

            CloudException told = plan.result();
            assertThat(told).isNotNull();
            assertThat(told.code()).as(told.toString()).isEqualTo(code);
            assertThat(told.remedy()).doesNotContain("Health Dashboard", "status.cloud", "azure.status", "login");
            assertThat(told.toString()).contains(told.remedy());
            assertThat(plan.took()).isLessThan(PATIENCE);
            assertThat(preflight.took()).isLessThan(PATIENCE);
            assertThat(preflight.result().findings())
                    .filteredOn(finding -> finding.status() != Status.PASS)
                    .anySatisfy(finding -> assertThat(finding.remedy()).isEqualTo(told.remedy()));
        }
    }

    private record Timed<T>(T result, Duration took) {}

    private static <T> Timed<T> timed(Supplier<T> call) {
        long begun = System.nanoTime();
        T result = call.get();
        return new Timed<>(result, Duration.ofNanos(System.nanoTime() - begun));
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
                AksSettings.builder().subscription("s").endpoint(endpoint).build();
            default ->
                ExistingSettings.defaults().withKubeconfig(kubeconfig(endpoint).toString());
        };
    }

    private static Path kubeconfig(URI endpoint) throws Exception {
        return Files.writeString(directory.resolve("kubeconfig-" + endpoint.getPort()), """
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
