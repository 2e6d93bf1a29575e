// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.model.StsException;

/**
 * Which credentials are used, and how long a client pauses. System properties stand for the variables of the environment: the SDK's chain
 * takes both before any profile, and tests cannot change the environment.
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

    /** The SDK would sleep until then, and nothing could cancel it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Retry-After | 31536000",
                "Retry-After | Fri, 31 Dec 9999 23:59:59 GMT",
                "Retry-After | -5",
                "Retry-After | soon",
                "x-amz-retry-after | 31536000000"
            })
    @Timeout(60)
    void a_service_that_asks_to_wait_for_ages_is_asked_again_in_seconds(String header, String value) throws Exception {
        AtomicInteger calls = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            calls.incrementAndGet();
            exchange.getResponseHeaders().add(header, value);
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        server.start();
        URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        try (DefaultAwsClients clients = new DefaultAwsClients(
                "us-west-2", EksSettings.builder().endpointOverride(endpoint).build())) {
            assertThatThrownBy(() -> clients.sts().getCallerIdentity())
                    .isInstanceOfSatisfying(
                            StsException.class,
                            refused -> assertThat(refused.statusCode()).isEqualTo(503));
        } finally {
            server.stop(0);
        }
        assertThat(calls).hasValue(3);
    }
}
