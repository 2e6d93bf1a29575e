// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.osmo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.plan.Action;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Secret;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.existing.EmulatedExisting;
import io.osmo.backend.values.TokenSecrets;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenSecretsTest {
    private static final String OLD = "not-a-real-token-but-as-long-as-one-has-to-";
    private static final String NEW = "another-token-that-is-as-long-as-one-has-to";

    private static BackendSpec spec(String name, String release, String token) {
        return BackendSpec.builder(name)
                .on("existing", "lab")
                .computePool("cpu", p -> p.instanceType("lab-8").scale(2, 4))
                .osmo(o -> o.release(release)
                        .serviceUrl("https://osmo.example.com")
                        .token(() -> token))
                .build();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void new_tokens_have_43_characters_that_osmo_accepts_and_are_never_the_same() {
        assertThat(IntStream.range(0, 50).mapToObj(i -> TokenSecrets.newToken()))
                .doesNotHaveDuplicates()
                .allMatch(token -> token.matches("[A-Za-z0-9_-]{43}"));
    }

    @Test
    void both_secrets_hold_the_same_token_under_the_documented_names_and_show_nothing() {
        TokenSecrets secrets = TokenSecrets.of(spec("west", "6.4.0", OLD + "\n"), "osmo");

        assertThat(secrets.operator().reveal()).isEqualTo("""
                apiVersion: v1
                kind: Secret
                metadata:
                  namespace: osmo-compute
                  name: osmo-west-backend-token
                type: Opaque
                data:
                  token: TOKEN
                """.replace("TOKEN", base64(OLD)));
        assertThat(secrets.service().orElseThrow().reveal())
                .isEqualTo(secrets.operator().reveal().replace("osmo-compute", "osmo"));
        assertThat(secrets.sha256()).isEqualTo("b5af7196ad38422696ae8e5085e0d84ee617188c03ec38fa114edc19bc303785");
        assertThat(List.of(secrets, secrets.operator(), secrets.service()).toString())
                .contains("redacted")
                .doesNotContain(OLD, base64(OLD));
    }

    @Test
    void a_replacement_overlaps() {
        TokenSecrets secrets =
                TokenSecrets.of(spec("west", "6.4.0", NEW), "osmo").replacing(Secret.of("old", () -> OLD));

        assertThat(secrets.service().orElseThrow().reveal())
                .contains("previous-token: " + base64(OLD), "\n  token: " + base64(NEW));
        assertThat(secrets.operator().reveal()).doesNotContain("previous-token");
        assertThat(secrets.replacement()).hasSize(6);
        assertThat(secrets.replacement().get(0)).contains("osmo-west-backend-token in osmo of the service's cluster");
        assertThatThrownBy(() -> secrets.replacing(Secret.of("same", () -> NEW + "\r\n")))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("another token than the previous one")
                .hasMessageNotContaining(NEW);
    }

    @Test
    void a_service_of_6_3_makes_tokens_itself() {
        TokenSecrets secrets = TokenSecrets.of(spec("west", "6.3.1", OLD), "osmo");

        assertThat(secrets.service()).isEmpty();
        assertThat(secrets.operator())
                .hasToString("Secret osmo-operator/osmo-backend-token-default [token] (redacted)");
        assertThat(secrets.replacement()).hasSize(4);
    }

    @Test
    void one_token_for_two_backends_is_refused() {
        TokenSecrets west = TokenSecrets.of(spec("west", "6.4.0", OLD), "osmo");
        TokenSecrets east = TokenSecrets.of(spec("east", "6.4.0", NEW), "osmo");
        TokenSecrets.requireDistinct(List.of(west, east));

        assertThatThrownBy(() ->
                        TokenSecrets.requireDistinct(List.of(west, east.replacing(Secret.of("old", () -> OLD)))))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("west")
                .hasMessageContaining("east")
                .hasMessageNotContaining(OLD);
    }

    @Test
    void a_malformed_or_missing_token_is_refused_without_showing_it() {
        assertThatThrownBy(() -> TokenSecrets.of(spec("west", "6.4.0", "hunter2"), "osmo"))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("7 characters")
                .hasMessageNotContaining("hunter2");
        BackendSpec without = BackendSpec.builder("west")
                .on("existing", "lab")
                .computePool("cpu", p -> p.instanceType("lab-8"))
                .build();
        assertThatThrownBy(() -> TokenSecrets.of(without, "osmo")).isInstanceOf(InvalidSpecException.class);
    }

    @Test
    void a_new_token_in_the_spec_is_one_update_of_the_secret_in_the_cluster() {
        VirtualTime time = VirtualTime.create();
        try (EmulatedExisting cluster = EmulatedExisting.on(time);
                OsmoBackends osmo = OsmoBackends.builder()
                        .provider(cluster.provider())
                        .scheduler(time)
                        .build()) {
            cluster.nodes(2, "lab-8", Map.of("node-type", "compute"));
            osmo.apply(osmo.plan(spec("west", "6.4.0", OLD)));

            assertThat(osmo.plan(spec("west", "6.4.0", OLD)).isEmpty()).isTrue();
            assertThat(osmo.plan(spec("west", "6.4.0", NEW)).changes())
                    .singleElement()
                    .satisfies(change -> {
                        assertThat(change.action()).isEqualTo(Action.UPDATE);
                        assertThat(change.resource()).hasToString("token-secret/osmo-compute/osmo-west-backend-token");
                    });
        }
    }
}
