// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.node;

import static io.osmo.backend.verify.check.Status.SKIPPED;
import static io.osmo.backend.verify.check.Status.WARN;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.verify.BackendVerifier;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.fixture.ProbeResults;
import io.osmo.backend.verify.snapshot.ClusterSnapshot;
import io.osmo.backend.verify.snapshot.ReachFacts.Target;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ClockSkewTest {
    private static final BackendVerifier VERIFIER =
            BackendVerifier.standard().select(c -> c.vantages().contains(Vantage.PROBE));

    @Test
    void without_a_service_clocks_are_compared_with_registries() {
        ProbeResults facts = new ProbeResults();
        facts.reaches.removeIf(r -> r.target() == Target.SERVICE || r.target() == Target.WEBSOCKET);
        facts.change("ghcr.io", ProbeResults.ahead(40));

        assertThat(statuses(facts.snapshot()))
                .containsEntry("node.clock-skew", WARN)
                .containsEntry("network.osmo-http", SKIPPED)
                .containsEntry("network.osmo-websocket", SKIPPED);
    }

    private static Map<String, Status> statuses(ClusterSnapshot snapshot) {
        return VERIFIER.verify(snapshot).findings().stream()
                .collect(Collectors.toMap(Finding::check, Finding::status, (a, b) -> a, TreeMap::new));
    }
}
