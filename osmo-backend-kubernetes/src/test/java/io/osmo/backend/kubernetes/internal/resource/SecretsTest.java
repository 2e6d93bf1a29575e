// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.osmo.backend.kubernetes.ClusterSide;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.PullSecret;
import io.osmo.backend.spec.Secret;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    @CsvSource({
        "nvcr.io, nvcr.io",
        "registry.example.com:5000, registry.example.com:5000",
        "docker.io, https://index.docker.io/v1/",
        "index.docker.io, https://index.docker.io/v1/"
    })
    void credentials_stand_under_the_key_that_the_kubelet_looks_for(String registry, String key) {
        assertThat(PullSecrets.registryKey(registry)).isEqualTo(key);
    }

    @Test
    void a_pull_secret_is_the_same_text_in_every_run() {
        PullSecret secret = spec("pass\"word", TOKEN).pullSecrets().get(0);
        String auth = Base64.getEncoder().encodeToString("$oauthtoken:pass\"word".getBytes());

        assertThat(PullSecrets.dockerConfig(secret))
                .isEqualTo("{\"auths\":{\"nvcr.io\":{\"auth\":\"" + auth
                        + "\",\"password\":\"pass\\\"word\",\"username\":\"$oauthtoken\"}}}");
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
    void all_that_is_wrong_with_secrets_is_reported_at_once() {
        assertThat(ClusterSide.checkSecrets(spec("", "changeme")))
                .extracting(violation -> violation.path())
                .containsExactly("osmo.token", "pullSecrets[0].password");
        assertThat(ClusterSide.checkSecrets(spec("password", TOKEN))).isEmpty();
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
        assertThat(digest.holds("token", TOKEN)).isTrue();
        assertThat(digest.holds("token", "another")).isFalse();
        assertThat(digest.holds("absent", TOKEN)).isFalse();
    }
}
