// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.osmo.backend.error.OsmoServiceError;
import io.osmo.backend.error.OsmoServiceException;
import io.osmo.backend.service.OsmoServiceClient;
import io.osmo.backend.service.OsmoServiceClientBuilder;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An OSMO service that cannot be reached is told as what it is; a certificate of its own authority is trusted if it is given. */
class UnreachableServiceTest {
    @TempDir
    private Path directory;

    private static OsmoServiceException failure(OsmoServiceClientBuilder builder, String authority) {
        try (OsmoServiceClient client = builder.url("https://" + authority)
                .deadline(Duration.ofSeconds(5))
                .build()) {
            return catchThrowableOfType(OsmoServiceException.class, client::version);
        }
    }

    private static void assertTold(OsmoServiceException failure, OsmoServiceError error, String words) {
        assertThat(failure.error()).as(failure.toString()).isEqualTo(error);
        assertThat(failure).hasMessageContaining(words);
        assertThat(failure.remedy()).isNotEmpty();
    }

    @Test
    void what_is_wrong_with_the_way_to_the_service_is_told() throws Exception {
        try (Endpoints endpoints = new Endpoints(directory)) {
            assertTold(
                    failure(OsmoServiceClient.builder(), endpoints.authority("closed")),
                    OsmoServiceError.UNAVAILABLE,
                    "nothing accepts connections");
            assertTold(
                    failure(OsmoServiceClient.builder(), endpoints.authority("unknown")),
                    OsmoServiceError.UNAVAILABLE,
                    "no host of that name");
            assertTold(
                    failure(OsmoServiceClient.builder(), endpoints.authority("plain")),
                    OsmoServiceError.UNAVAILABLE,
                    "does not speak TLS");
            assertTold(
                    failure(OsmoServiceClient.builder(), endpoints.authority("self-signed")),
                    OsmoServiceError.UNTRUSTED,
                    "certificate");
            assertTold(
                    failure(
                            OsmoServiceClient.builder().trust(endpoints.certificate()),
                            endpoints.authority("self-signed")),
                    OsmoServiceError.UNEXPECTED_ANSWER,
                    "404");
        }
    }
}
