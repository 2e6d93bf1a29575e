// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.error.Violation;
import io.osmo.backend.fake.World;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecretRulesTest {
    private static BackendSpec spec(Secret password, Secret token) {
        return World.spec().toBuilder()
                .pullSecret("nvcr.io", "$oauthtoken", password)
                .osmo(o -> o.serviceUrl("https://osmo.example.com").token(token))
                .build();
    }

    private static Secret of(String value) {
        return Secret.of("s", () -> value);
    }

    @Test
    void good_values_pass() {
        assertThat(SecretRules.check(spec(of("key"), of("a".repeat(43))))).isEmpty();
        assertThat(SecretRules.check(spec(of("key"), of("A-_9".repeat(16))))).isEmpty();
        assertThat(SecretRules.check(World.spec())).isEmpty();
    }

    @Test
    void bad_values_are_all_reported_and_none_is_shown() {
        List<Violation> violations = SecretRules.check(spec(of("topsecret\n"), of("topsecret")));
        assertThat(violations).extracting(Violation::path).containsExactly("pullSecrets[0].password", "osmo.token");
        assertThat(violations.toString()).doesNotContain("topsecret").contains("9 characters (redacted)");
    }

    @Test
    void a_secret_that_nobody_supplies_is_reported_with_the_way_to_supply_it() {
        List<Violation> violations = SecretRules.check(spec(Secret.external("ngc"), of("a".repeat(43))));
        assertThat(violations).singleElement().satisfies(v -> {
            assertThat(v.given()).contains("ngc");
            assertThat(v.remedy()).contains("secrets(");
        });
    }

    @Test
    void what_a_failing_supplier_says_is_not_repeated() {
        Secret failing = Secret.of("ngc", () -> {
            throw new IllegalStateException("topsecret");
        });
        assertThat(SecretRules.check(spec(failing, of("a".repeat(43)))).toString())
                .doesNotContain("topsecret")
                .contains("IllegalStateException");
    }
}
