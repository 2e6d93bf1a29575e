// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.verify.BackendVerifier;
import io.osmo.backend.verify.fixture.ProbeResults;
import io.osmo.backend.verify.snapshot.Vantage;
import org.junit.jupiter.api.Test;

class RegistryReachableTest {
    private static final BackendVerifier VERIFIER =
            BackendVerifier.standard().select(c -> c.vantages().contains(Vantage.PROBE));

    @Test
    void the_remedy_for_a_rate_limit_is_a_mirror_or_a_credential() {
        ProbeResults facts = new ProbeResults();
        facts.change("docker.io", ProbeResults.to(0, 429, "TLSv1.3", ""));

        assertThat(VERIFIER.only("registry.docker-reachable")
                        .verify(facts.snapshot())
                        .findings())
                .singleElement()
                .satisfies(f -> assertThat(f.next()).contains("mirror").contains("credential"));
    }
}
