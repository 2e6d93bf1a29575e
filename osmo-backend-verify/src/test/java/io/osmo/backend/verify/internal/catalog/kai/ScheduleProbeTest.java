// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.kai;

import static io.osmo.backend.verify.check.Status.SKIPPED;
import static io.osmo.backend.verify.check.Status.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.BackendVerifier;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import io.osmo.backend.verify.fixture.ProbeResults;
import io.osmo.backend.verify.snapshot.ProbeFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import org.junit.jupiter.api.Test;

class ScheduleProbeTest {
    private static final BackendVerifier VERIFIER =
            BackendVerifier.standard().select(c -> c.vantages().contains(Vantage.PROBE));

    @Test
    void kai_is_skipped_before_it_is_installed_and_unknown_if_that_is_unreadable() {
        ProbeFacts none = ProbeResults.nothing();
        BackendVerifier kai = VERIFIER.only("kai.schedule-probe");

        Cluster bare = Clusters.goodEks();
        bare.deployments.clear();
        Cluster unread = Clusters.goodEks();
        unread.blind.add("crds");

        assertThat(kai.verify(bare.snapshot().withProbes(Fact.of(none))).findings())
                .singleElement()
                .satisfies(f -> assertThat(f.status()).isEqualTo(SKIPPED))
                .satisfies(f -> assertThat(f.observed()).contains("not installed yet"));
        assertThat(kai.verify(unread.snapshot().withProbes(Fact.of(none))).findings())
                .singleElement()
                .extracting(Finding::status)
                .isEqualTo(UNKNOWN);
    }
}
