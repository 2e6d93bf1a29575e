// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.pool;

import static io.osmo.backend.verify.check.Status.SKIPPED;
import static io.osmo.backend.verify.fixture.Clusters.finding;
import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import org.junit.jupiter.api.Test;

class IsolationFromOperatorTest {
    @Test
    void without_operator_nodes_isolation_is_skipped() {
        Cluster none = Clusters.goodEks();
        none.nodes.removeIf(n -> n.name.startsWith("operator"));

        assertThat(status(none, "pool.isolation-from-operator")).isEqualTo(SKIPPED);
        assertThat(finding(Clusters.goodEks(), "pool.isolation-from-operator").observed())
                .isEqualTo("no workflow pod on 2 operator nodes");
    }
}
