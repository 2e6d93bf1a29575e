// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    private static final String TOKEN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ";

    private static BackendSpec spec(String password, String token) {
        return BackendSpec.builder("train-west")
                .on("aws", "us-west-2")
                .computePool("cpu", p -> p.instanceType("m7i.2xlarge").scale(1, 20))
                .pullSecret("nvcr.io", "$oauthtoken", () -> password)
                .osmo(o -> o.serviceUrl("https://osmo.example.com").token(() -> token))
                .build();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                TOKEN,
                TOKEN + "\n",
                TOKEN + "\r\n",
                "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
            })
    void tokens_of_43_or_64_characters_pass(String token) {
        assertThat(TokenSecret.check(Secret.of("token", () -> token))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "changeme", TOKEN + "=", TOKEN + "\n\n", "äbcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ"})
    void other_tokens_are_refused_and_not_shown(String token) {
        assertThat(TokenSecret.check(Secret.of("token", () -> token))).hasValueSatisfying(violation -> {
            assertThat(violation.path()).isEqualTo("osmo.token");
            assertThat(violation.given()).contains("redacted");
            if (!token.isEmpty()) {
                assertThat(violation.toString()).doesNotContain(token);
            }
        });
    }

    @Test
    void an_observed_secret_shows_and_keeps_no_value() {
        String encoded = Base64.getEncoder().encodeToString(TOKEN.getBytes());
        SecretDigest digest = SecretDigest.of(new SecretBuilder()
                .withNewMetadata()
                .withNamespace("osmo-operator")
                .withName("a")
                .endMetadata()
                .addToData("token", encoded)
                .build());

        assertThat(digest).hasToString("Secret osmo-operator/a [token] (redacted)");
        assertThat(digest.object().toString()).doesNotContain(encoded, TOKEN);
        assertThat(digest.holds("token", TOKEN.getBytes(StandardCharsets.UTF_8)))
                .isTrue();
        assertThat(digest.holds("token", "another".getBytes(StandardCharsets.UTF_8)))
                .isFalse();
        assertThat(digest.holds("absent", TOKEN.getBytes(StandardCharsets.UTF_8)))
                .isFalse();
    }
}
