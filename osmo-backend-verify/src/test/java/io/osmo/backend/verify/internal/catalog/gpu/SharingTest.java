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
import org.junit.jupiter.params.provider.CsvSource;

class SharingTest {
    @ParameterizedTest
    @CsvSource({"time-slicing, 4, WARN", "mps, 2, WARN", "none, 1, PASS", "'', '', PASS"})
    void shares_do_not_count_as_whole_gpus(String strategy, String replicas, Status status) {
        Cluster cluster = Clusters.goodEks().node("gpu-0", n -> {
            n.labels.put("nvidia.com/gpu.sharing-strategy", strategy);
            n.labels.put("nvidia.com/gpu.replicas", replicas);
            n.allocatable.put("nvidia.com/gpu", "4");
        });

        assertThat(status(cluster, "gpu.sharing")).isEqualTo(status);
    }

    @Test
    void sharing_is_told_by_the_label_of_the_cloud_too() {
        Cluster cluster = Clusters.goodGke().node("gpu-0", n -> {
            n.labels.put("cloud.google.com/gke-gpu-sharing-strategy", "time-sharing");
            n.labels.put("cloud.google.com/gke-max-shared-clients-per-gpu", "3");
            n.allocatable.put("nvidia.com/gpu", "3");
        });

        assertThat(finding(cluster, "gpu.sharing").observed())
                .isEqualTo("sharing with 3 shares of each GPU (1 of 1 GPU nodes)");
        assertThat(status(cluster, "gpu.count-matches")).isEqualTo(Status.PASS);
    }

    @Test
    void shares_under_another_name_are_not_counted_by_osmo() {
        Cluster cluster = Clusters.goodEks().node("gpu-0", n -> {
            n.labels.put("nvidia.com/gpu.replicas", "4");
            n.labels.put("nvidia.com/gpu.sharing-strategy", "time-slicing");
            n.allocatable.remove("nvidia.com/gpu");
            n.allocatable.put("nvidia.com/gpu.shared", "4");
        });

        assertThat(finding(cluster, "gpu.allocatable").observed()).startsWith("nothing but nvidia.com/gpu.shared on ");
        assertThat(finding(cluster, "gpu.allocatable").next())
                .startsWith("Remove sharing")
                .doesNotContain("driver");

        assertThat(status(cluster, "gpu.sharing")).isEqualTo(Status.PASS);
    }

    @Test
    void where_dra_hands_out_the_gpus_the_remedies_say_so() {
        Cluster cluster = Clusters.goodEks().node("gpu-0", n -> n.allocatable.put("nvidia.com/gpu", "0"));
        assertThat(finding(cluster, "gpu.allocatable").next()).doesNotContain("DRA");

        cluster.daemonSets.add(
                KubeObjects.workload("nvidia-dra-driver-gpu", "nvidia-dra-driver-gpu-kubelet-plugin", 1, 1));
        assertThat(finding(cluster, "gpu.allocatable").next())
                .contains(
                        "NVIDIA's DRA driver is installed, but OSMO requests nvidia.com/gpu",
                        "devicePlugin.enabled=true");

        cluster.clusterPolicies.clear();
        assertThat(finding(cluster, "gpu.operator-installed").next()).contains("DRA");
    }
}
