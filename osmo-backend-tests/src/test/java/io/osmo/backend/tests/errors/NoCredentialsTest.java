// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.spec.BackendSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** The default chains end at the metadata service of the cloud, which elsewhere is an address that nothing answers at. */
@DisabledIfEnvironmentVariable(named = "AWS_ACCESS_KEY_ID", matches = ".+")
@DisabledIfEnvironmentVariable(named = "AWS_CONTAINER_CREDENTIALS_FULL_URI", matches = ".+")
class NoCredentialsTest {
    private static final String METADATA_SERVICE = "aws.ec2MetadataServiceEndpoint";

    @TempDir
    Path directory;

    private Endpoints endpoints;
    private Map<String, String> properties;

    @BeforeEach
    void open() throws Exception {
        endpoints = new Endpoints(directory);
        properties = Map.of(
                "aws.sharedCredentialsFile", directory.resolve("none").toString(),
                "aws.configFile", directory.resolve("none").toString());
        properties.forEach(System::setProperty);
    }

    @AfterEach
    void close() throws Exception {
        properties.keySet().forEach(System::clearProperty);
        System.clearProperty(METADATA_SERVICE);
        endpoints.close();
    }

    @Test
    void that_there_are_no_credentials_is_told_within_ten_seconds() {
        // Loading the SDK's classes for the first time is not what is measured.
        plan("closed");
        long begun = System.nanoTime();
        CloudException told = plan("silent");
        Duration took = Duration.ofNanos(System.nanoTime() - begun);

        assertThat(told.error()).isEqualTo(CloudError.NOT_AUTHORIZED);
        assertThat(told.code()).isEqualTo("NO-CREDENTIALS");
        assertThat(told.remedy()).contains("AWS_PROFILE");
        assertThat(took).isLessThan(Duration.ofSeconds(10));
    }

    /** The metadata servers of both clouds are an address that nothing answers at, as they are outside of the clouds. */
    @Test
    void a_machine_without_credentials_is_told_so_by_gke_and_aks() throws Exception {
        ProcessBuilder host = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Duser.home=" + directory,
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                HostWithoutCredentials.class.getName());
        host.environment().clear();
        host.environment()
                .putAll(Map.of(
                        "PATH",
                        directory.toString(),
                        "GCE_METADATA_HOST",
                        endpoints.authority("silent"),
                        "AZURE_POD_IDENTITY_AUTHORITY_HOST",
                        "http://" + endpoints.authority("silent")));
        Path told = directory.resolve("told");
        host.redirectOutput(told.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD);

        Process process = host.start();
        try {
            assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }

        List<String[]> calls = Files.readAllLines(told).stream()
                .map(line -> line.split("\t", -1))
                .toList();
        assertThat(calls)
                .extracting(call -> call[0] + " " + call[1] + ": " + call[3])
                .containsExactlyInAnyOrder(
                        "gcp get: NOT_AUTHORIZED NO-CREDENTIALS",
                        "gcp plan: NOT_AUTHORIZED NO-CREDENTIALS",
                        "gcp preflight: preflight.identity",
                        "azure get: NOT_AUTHORIZED NO-CREDENTIALS",
                        "azure plan: NOT_AUTHORIZED NO-CREDENTIALS",
                        "azure preflight: preflight.identity");
        assertThat(calls)
                .allSatisfy(call -> assertThat(call[4])
                        .contains(
                                call[0].equals("gcp")
                                        ? List.of(
                                                "gcloud auth application-default login",
                                                "GOOGLE_APPLICATION_CREDENTIALS")
                                        : List.of("az login", "AZURE_CLIENT_ID", "managed identity")))
                .filteredOn(call -> !call[1].equals("get"))
                .allSatisfy(call ->
                        assertThat(Duration.ofMillis(Long.parseLong(call[2]))).isLessThan(Duration.ofSeconds(10)));
    }

    private CloudException plan(String kind) {
        System.setProperty(METADATA_SERVICE, "http://" + endpoints.authority(kind));
        BackendSpec spec = BackendSpec.builder("train-west")
                .on("aws", "us-west-2")
                .computePool("cpu", p -> p.instanceType("m7i.2xlarge").scale(1, 2))
                .build();
        try (OsmoBackends osmo = OsmoBackends.open()) {
            return catchThrowableOfType(CloudException.class, () -> osmo.plan(spec));
        }
    }
}
