// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Which credentials are used. System properties stand for the variables of the environment: the SDK's chain takes both before any
 * profile, and tests cannot change the environment.
 */
class DefaultAwsClientsTest {
    @TempDir
    Path directory;

    private Map<String, String> surroundings = Map.of();

    @BeforeEach
    void surround() throws Exception {
        Path credentials = Files.writeString(directory.resolve("credentials"), """
                [prod]
                aws_access_key_id = AKIAPROFILE
                aws_secret_access_key = secret
                """);
        surroundings = Map.of(
                "aws.accessKeyId",
                "AKIAENVIRONMENT",
                "aws.secretAccessKey",
                "secret",
                "aws.sharedCredentialsFile",
                credentials.toString(),
                "aws.configFile",
                directory.resolve("none").toString());
        surroundings.forEach(System::setProperty);
    }

    @AfterEach
    void restore() {
        surroundings.keySet().forEach(System::clearProperty);
    }

    private static String keyId(EksSettings settings) {
        try (DefaultAwsClients clients = new DefaultAwsClients("us-west-2", settings)) {
            return clients.credentials().resolveCredentials().accessKeyId();
        }
    }

    @Test
    void a_profile_that_is_named_wins_over_the_environment() {
        assertThat(keyId(EksSettings.builder().profile("prod").build())).isEqualTo("AKIAPROFILE");
    }

    @Test
    void without_a_profile_the_environment_counts() {
        assertThat(keyId(EksSettings.defaults())).isEqualTo("AKIAENVIRONMENT");
    }

    @Test
    void a_profile_that_does_not_exist_is_refused_though_the_environment_has_credentials() {
        EksSettings settings = EksSettings.builder().profile("prodd").build();

        assertThatThrownBy(() -> keyId(settings))
                .isInstanceOf(SdkException.class)
                .hasMessageContaining("prodd");
    }
}
