// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.kai;

import static io.osmo.backend.verify.fixture.Clusters.finding;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import org.junit.jupiter.api.Test;

class OrderTest {
    @Test
    void kai_is_not_called_missing_beside_its_deployments() {
        Cluster cluster = Clusters.goodEks();
        cluster.crds.removeIf(c -> c.name().equals("queues.scheduling.run.ai"));
        assertThat(finding(cluster, "kai.order").observed())
                .startsWith("KAI's deployments exist, but not the definition queues.scheduling.run.ai");
        assertThat(finding(cluster, "kai.order").resources())
                .contains("deployment/kai-scheduler/kai-scheduler-default");

        cluster.deployments.removeIf(d -> d.namespace().equals("kai-scheduler"));
        assertThat(finding(cluster, "kai.order").observed()).isEqualTo("KAI is not installed");
    }
}
