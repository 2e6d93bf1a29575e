// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.gpu;

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

class SingleDevicePluginTest {
    /** GKE without the GPU Operator. */
    private static Cluster plainGke() {
        Cluster cluster = Clusters.goodGke();
        cluster.deployments.removeIf(d -> d.namespace().equals("gpu-operator"));
        cluster.daemonSets.removeIf(d -> d.namespace().equals("gpu-operator"));
        cluster.pods.removeIf(p -> p.namespace().equals("gpu-operator"));
        cluster.clusterPolicies.clear();
        cluster.crds.removeIf(c -> c.name().equals("clusterpolicies.nvidia.com"));
        cluster.node("gpu-0", n -> n.labels.remove("gke-no-default-nvidia-gpu-device-plugin"));
        cluster.devicePlugin("kube-system", "nvidia-gpu-device-plugin-small-cos");
        return cluster;
    }

    @Test
    void two_plugins_on_different_nodes_pass() {
        Cluster cluster = plainGke();
        cluster.daemonSets.add(KubeObjects.workload("kube-system", "nvidia-gpu-device-plugin-large-cos", 1, 1));
        cluster.pods.add(KubeObjects.pod(
                "kube-system", "nvidia-gpu-device-plugin-large-cos-abcde", "gpu-9", "Running", "DaemonSet", 0, ""));
        assertThat(status(cluster, "gpu.single-device-plugin")).isEqualTo(Status.PASS);

        cluster.devicePlugin("gpu-operator", "nvidia-device-plugin-daemonset");
        assertThat(finding(cluster, "gpu.single-device-plugin").observed())
                .contains("gpu-operator/nvidia-device-plugin-daemonset and"
                        + " kube-system/nvidia-gpu-device-plugin-small-cos");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nvidia-device-plugin-mps-control-daemon",
                "nvdp-nvidia-device-plugin-gpu-feature-discovery",
                "nvdp-nvidia-device-plugin-mps-control-daemon"
            })
    void companions_of_a_plugin_do_not_count(String daemonSet) {
        Cluster cluster = Clusters.goodEks();
        cluster.devicePlugin("gpu-operator", daemonSet);

        assertThat(status(cluster, "gpu.single-device-plugin")).isEqualTo(Status.PASS);
    }

    @Test
    void without_pods_the_number_of_plugins_is_unknown() {
        assertThat(status(Clusters.goodEks().blind("pods"), "gpu.single-device-plugin"))
                .isEqualTo(Status.UNKNOWN);
    }
}
