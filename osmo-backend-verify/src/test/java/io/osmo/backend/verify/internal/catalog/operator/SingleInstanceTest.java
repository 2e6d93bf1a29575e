// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.operator;

import static io.osmo.backend.verify.check.Status.FAIL;
import static io.osmo.backend.verify.fixture.Clusters.finding;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import io.osmo.backend.verify.snapshot.WorkloadFacts;
import org.junit.jupiter.api.Test;

class SingleInstanceTest {
    @Test
    void two_listeners_in_two_namespaces_are_found() {
        Cluster cluster = Clusters.goodEks();
        WorkloadFacts own = cluster.deployment("osmo-osmo-backend-listener");
        cluster.deployments.add(new WorkloadFacts("old-operator", "old-listener", 1, 1, own.template()));

        assertThat(finding(cluster, "operator.single-instance").status()).isEqualTo(FAIL);
        assertThat(finding(cluster, "operator.single-instance").observed())
                .contains("2 for backend train-west at https://osmo.example.com");
    }
}
