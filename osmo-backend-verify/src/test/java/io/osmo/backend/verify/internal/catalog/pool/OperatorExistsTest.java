// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.pool;

import static io.osmo.backend.verify.fixture.Clusters.finding;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import org.junit.jupiter.api.Test;

class OperatorExistsTest {
    @Test
    void an_empty_operator_pool_has_another_remedy_than_a_missing_one() {
        Cluster empty = Clusters.goodEks();
        empty.nodes.removeIf(n -> n.name.startsWith("operator"));
        Cluster none = Clusters.goodEks();
        none.nodes.removeIf(n -> n.name.startsWith("operator"));
        none.pools.removeIf(p -> p.name.equals("operator"));

        assertThat(finding(empty, "pool.operator.exists").observed()).isEqualTo("pool operator has no node");
        assertThat(finding(empty, "pool.operator.exists").next()).startsWith("Raise its minimum to 1");
        assertThat(finding(none, "pool.operator.exists").next()).startsWith("Create a node pool");
    }
}
