// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.pool;

import static io.osmo.backend.verify.check.Status.UNKNOWN;
import static io.osmo.backend.verify.check.Status.WARN;
import static io.osmo.backend.verify.fixture.Clusters.finding;
import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import org.junit.jupiter.api.Test;

class OperatorLabelPersistentTest {
    @Test
    void labels_of_nodes_outside_the_clouds_pools_are_unknown() {
        Cluster karpenter = Clusters.goodEks();
        karpenter.nodes.stream().filter(n -> n.name.startsWith("operator")).forEach(n -> {
            n.labels.remove("eks.amazonaws.com/nodegroup");
            n.labels.put("karpenter.sh/nodepool", "operator-nodes");
        });
        Cluster selfMade = Clusters.goodEks().node("operator-0", n -> n.labels.remove("eks.amazonaws.com/nodegroup"));
        Cluster byHand = Clusters.goodEks().pool("operator", p -> p.labels.clear());

        assertThat(status(karpenter, "pool.operator.label-persistent")).isEqualTo(UNKNOWN);
        assertThat(finding(karpenter, "pool.operator.label-persistent").observed())
                .contains("operator-nodes");
        assertThat(status(selfMade, "pool.operator.label-persistent")).isEqualTo(UNKNOWN);
        assertThat(status(byHand, "pool.operator.label-persistent")).isEqualTo(WARN);
    }
}
