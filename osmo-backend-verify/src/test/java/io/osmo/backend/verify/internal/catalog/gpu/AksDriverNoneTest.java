// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.gpu;

import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.cluster.GpuStack;
import io.osmo.backend.cluster.GpuStack.Owner;
import io.osmo.backend.cluster.GpuStack.Part;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import io.osmo.backend.verify.snapshot.ClusterPolicyFacts;
import org.junit.jupiter.api.Test;

class AksDriverNoneTest {
    @Test
    void a_driver_from_the_cloud_needs_an_operator_without_one() {
        Cluster cluster = Clusters.goodAks();
        cluster.pool("gpu", p -> p.gpuStack = Fact.of(GpuStack.of(Owner.SERVICE, Part.DRIVER)));
        cluster.clusterPolicies.set(0, new ClusterPolicyFacts("cluster-policy", "ready", false, Fact.of(true)));

        assertThat(status(cluster, "gpu.aks-driver-none")).isEqualTo(Status.PASS);
    }

    @Test
    void an_operator_leaves_a_driver_of_the_node_image_alone() {
        Cluster cluster = Clusters.goodEks();
        cluster.pool("gpu", p -> p.gpuStack = Fact.of(GpuStack.of(Owner.NODE_IMAGE, Part.DRIVER)));

        assertThat(status(cluster, "gpu.aks-driver-none")).isEqualTo(Status.PASS);
    }

    @Test
    void nodes_without_a_driver_need_an_operator_with_one_on_every_cloud() {
        Cluster cluster = Clusters.goodEks();
        cluster.clusterPolicies.set(0, new ClusterPolicyFacts("cluster-policy", "ready", false, Fact.of(true)));

        assertThat(status(cluster, "gpu.aks-driver-none")).isEqualTo(Status.FAIL);
    }
}
