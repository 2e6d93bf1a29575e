// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.gpu;

import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import io.osmo.backend.verify.snapshot.ClusterPolicyFacts;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GkePluginDisabledTest {
    @ParameterizedTest
    @CsvSource({"true, true, PASS", "true, false, WARN", "false, true, WARN", "false, false, PASS"})
    void either_the_cloud_or_the_operator_installs_a_plugin(boolean operator, boolean off, Status status) {
        Cluster cluster = Clusters.goodGke();
        cluster.clusterPolicies.set(0, new ClusterPolicyFacts("cluster-policy", "ready", true, Fact.of(operator)));
        cluster.node("gpu-0", n -> n.labels.put("gke-no-default-nvidia-gpu-device-plugin", String.valueOf(off)));

        assertThat(status(cluster, "gpu.gke-plugin-disabled")).isEqualTo(status);
    }
}
