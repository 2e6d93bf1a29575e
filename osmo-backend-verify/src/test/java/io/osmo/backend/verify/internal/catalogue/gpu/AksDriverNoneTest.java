// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.gpu;

import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import io.osmo.backend.verify.snapshot.ClusterPolicyFacts;
import org.junit.jupiter.api.Test;

class AksDriverNoneTest {
    @Test
    void a_driver_from_the_cloud_needs_an_operator_without_one() {
        Cluster cluster = Clusters.goodAks();
        cluster.pool("gpu", p -> p.driverByCloud = Fact.of(true));
        cluster.clusterPolicies.set(0, new ClusterPolicyFacts("cluster-policy", "ready", false, Fact.of(true)));

        assertThat(status(cluster, "gpu.aks-driver-none")).isEqualTo(Status.PASS);
    }
}
