// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.pool;

import static io.osmo.backend.verify.check.Status.PASS;
import static io.osmo.backend.verify.check.Status.SKIPPED;
import static io.osmo.backend.verify.check.Status.WARN;
import static io.osmo.backend.verify.fixture.Clusters.finding;
import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import io.osmo.backend.verify.fixture.KubeObjects;
import org.junit.jupiter.api.Test;

class AutoscalerPresentTest {
    @Test
    void autoscaling_is_skipped_without_a_cloud() {
        Cluster onPremises = Clusters.onPremises();
        Cluster rented = Clusters.goodEks().eachNode(n -> n.providerId = "azure:///subscriptions/s/" + n.name);
        rented.deployments.removeIf(d -> d.name().equals("cluster-autoscaler"));

        assertThat(status(onPremises, "pool.autoscaler-present")).isEqualTo(SKIPPED);
        assertThat(status(rented, "pool.autoscaler-present"))
                .as("machines of Azure without AKS")
                .isEqualTo(WARN);
        assertThat(status(Clusters.goodGke(), "pool.autoscaler-present")).isEqualTo(PASS);
        assertThat(status(Clusters.goodAks(), "pool.autoscaler-present")).isEqualTo(PASS);
    }

    private static Cluster withDefinitions() {
        Cluster cluster = Clusters.goodEks();
        cluster.deployments.removeIf(d -> d.name().contains("cluster-autoscaler"));
        cluster.apiGroups.add("karpenter.sh");
        return cluster;
    }

    @Test
    void karpenter_is_its_controller_or_its_nodes_and_not_what_it_has_left() {
        Cluster left = withDefinitions();
        Cluster controller = withDefinitions();
        controller.deployments.add(KubeObjects.workload("kube-system", "karpenter", 2, 2));
        Cluster down = withDefinitions();
        down.deployments.add(KubeObjects.workload("kube-system", "karpenter", 2, 0));
        Cluster hidden = withDefinitions().node("cpu-0", n -> n.labels.put("karpenter.sh/nodepool", "cpu"));

        assertThat(status(left, "pool.autoscaler-present")).isEqualTo(WARN);
        assertThat(finding(left, "pool.autoscaler-present").observed()).startsWith("definitions of Karpenter");
        assertThat(status(down, "pool.autoscaler-present")).isEqualTo(WARN);
        assertThat(status(controller, "pool.autoscaler-present")).isEqualTo(PASS);
        assertThat(status(hidden, "pool.autoscaler-present")).isEqualTo(PASS);
    }
}
