// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.spec.BackendSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** The default chain of AWS ends at the metadata service of EC2, which outside of EC2 is an address that nothing answers at. */
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

        assertThat(told.error()).isEqualTo(CloudError.NOT_AUTHORISED);
        assertThat(told.code()).isEqualTo("NO-CREDENTIALS");
        assertThat(told.remedy()).contains("AWS_PROFILE");
        assertThat(took).isLessThan(Duration.ofSeconds(10));
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
