// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What registries ask for. Headers are those of Docker Hub, NGC and ECR, and what none of them should send. */
class RegistryChallengeTest {
    @Test
    void the_first_challenge_that_can_be_answered_counts() {
        assertThat(RegistryChallenge.of(List.of("Negotiate", "Basic realm=\"https://ecr.aws/\"")))
                .hasValueSatisfying(
                        challenge -> assertThat(challenge.wantsToken()).isFalse());
        assertThat(RegistryChallenge.of(List.of("BEARER Realm=\"https://nvcr.io/proxy_auth\"")))
                .hasValueSatisfying(
                        challenge -> assertThat(challenge.wantsToken()).isTrue());
        assertThat(RegistryChallenge.of(List.of("Negotiate", ""))).isEmpty();
    }

    @Test
    void a_token_is_asked_for_at_the_realm_and_for_the_service() {
        assertThat(address("Bearer realm=\"https://auth.docker.io/token\",service=\"registry.docker.io\"", false))
                .contains(URI.create(
                        "https://auth.docker.io/token?service=registry.docker.io&scope=repository%3Aa%2Fb%3Apull"));
        assertThat(address("Bearer realm=\"https://nvcr.io/proxy_auth?x=1\"", false))
                .contains(URI.create("https://nvcr.io/proxy_auth?x=1&scope=repository%3Aa%2Fb%3Apull"));
    }

    @Test
    void no_password_goes_to_what_is_no_address_with_tls() {
        assertThat(address("Bearer realm=\"http://127.0.0.1/token\"", false)).isEmpty();
        assertThat(address("Bearer realm=\"http://127.0.0.1/token\"", true)).isPresent();
        assertThat(address("Bearer realm=\"ftp://127.0.0.1/token\"", true)).isEmpty();
        assertThat(address("Bearer realm=\"https:///token\"", false)).isEmpty();
        assertThat(address("Bearer realm=\"not an address\"", false)).isEmpty();
        assertThat(address("Bearer", false)).isEmpty();
    }

    @Test
    void a_token_that_fits_into_no_header_is_none() {
        assertThat(RegistryChallenge.token("{\"token\":\"t0ken\"}")).contains("t0ken");
        assertThat(RegistryChallenge.token("{\"access_token\":\"t0ken\"}")).contains("t0ken");
        assertThat(RegistryChallenge.token("{\"token\":\"two\\nlines\"}")).isEmpty();
        assertThat(RegistryChallenge.token("{}")).isEmpty();
        assertThat(RegistryChallenge.token("")).isEmpty();
        assertThat(RegistryChallenge.token("<html>")).isEmpty();
    }

    private static Optional<URI> address(String header, boolean plain) {
        return RegistryChallenge.of(List.of(header)).orElseThrow().tokenAddress("scope", "repository:a/b:pull", plain);
    }

    /** Took hours when the pattern tried each character as a beginning. */
    @Test
    void a_header_without_end_is_read_in_no_time() {
        String endless = "Bearer " + "realm".repeat(200_000);

        assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThat(RegistryChallenge.of(List.of(endless)))
                        .hasValueSatisfying(
                                challenge -> assertThat(challenge.parameters()).isEmpty()));
    }
}
