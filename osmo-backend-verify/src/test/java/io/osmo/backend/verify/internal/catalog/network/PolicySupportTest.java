// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.network;

import static io.osmo.backend.verify.check.Status.PASS;
import static io.osmo.backend.verify.check.Status.UNKNOWN;
import static io.osmo.backend.verify.check.Status.WARN;
import static io.osmo.backend.verify.fixture.Clusters.finding;
import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import io.osmo.backend.verify.fixture.KubeObjects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicySupportTest {
    @ParameterizedTest
    @ValueSource(strings = {"calico-node", "canal", "rke2-canal", "cilium", "kindnet", "kube-ovn-cni", "ovnkube-node"})
    void plugins_that_enforce_network_policies(String daemonSet) {
        Cluster cluster = Clusters.onPremises();
        cluster.daemonSets.add(KubeObjects.workload("kube-system", daemonSet, 6, 6));

        assertThat(status(cluster, "network.policy-support")).isEqualTo(PASS);
    }

    @Test
    void plugins_without_a_daemon_set_are_unknown() {
        Cluster k3s = Clusters.onPremises().eachNode(n -> n.kubelet = "v1.33.4+k3s1");
        Cluster auto = Clusters.goodEks().eachNode(n -> n.labels.put("eks.amazonaws.com/compute-type", "auto"));
        auto.daemonSets.removeIf(d -> d.name().equals("aws-node"));

        assertThat(status(k3s, "network.policy-support")).isEqualTo(UNKNOWN);
        assertThat(status(auto, "network.policy-support")).isEqualTo(UNKNOWN);
        assertThat(status(Clusters.onPremises(), "network.policy-support")).isEqualTo(WARN);
    }

    @Test
    void a_plugin_without_a_ready_pod_enforces_nothing() {
        Cluster cluster = Clusters.goodEks();
        cluster.daemonSets.removeIf(d -> d.name().equals("aws-node"));
        cluster.daemonSets.add(KubeObjects.workload("calico-system", "calico-node", 6, 0));

        assertThat(status(cluster, "network.policy-support")).isEqualTo(Status.WARN);
        assertThat(finding(cluster, "network.policy-support").observed()).isEqualTo("no pod of calico-node is ready");
    }
}
