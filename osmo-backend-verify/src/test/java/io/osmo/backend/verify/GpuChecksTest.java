// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify;

import static io.osmo.backend.verify.Clusters.finding;
import static io.osmo.backend.verify.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.Clusters.Cluster;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.snapshot.ClusterPolicyFacts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** GPU stacks of many kinds. */
class GpuChecksTest {
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

    @ParameterizedTest
    @ValueSource(strings = {"osmo-operator", "kai-scheduler"})
    void where_what_needs_gpus_is_installed_a_stack_that_shows_them_is_due(String installed) {
        Cluster cluster = Clusters.bareEks();
        assertThat(status(cluster, "gpu.operator-installed")).isEqualTo(Status.SKIPPED);
        assertThat(status(cluster, "gpu.allocatable")).isEqualTo(Status.SKIPPED);

        Clusters.goodEks().deployments.stream()
                .filter(d -> d.namespace().equals(installed))
                .forEach(cluster.deployments::add);

        assertThat(status(cluster, "gpu.operator-installed")).isEqualTo(Status.FAIL);
        assertThat(status(cluster, "gpu.allocatable")).isEqualTo(Status.FAIL);
    }

    @Test
    void a_policy_that_the_operator_ignores_beside_another_is_none() {
        Cluster cluster = Clusters.goodEks();
        cluster.clusterPolicies.add(new ClusterPolicyFacts("second", "ignored", true, Fact.of(true)));
        assertThat(status(cluster, "gpu.operator-installed")).isEqualTo(Status.PASS);

        cluster.clusterPolicies.remove(0);
        assertThat(status(cluster, "gpu.operator-installed")).isEqualTo(Status.FAIL);
    }

    @Test
    void a_second_plugin_on_other_nodes_is_none_too_many() {
        Cluster cluster = plainGke();
        cluster.daemonSets.add(Clusters.workload("kube-system", "nvidia-gpu-device-plugin-large-cos", 1, 1));
        cluster.pods.add(Clusters.pod(
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
    void what_stands_beside_a_plugin_is_no_second_one(String daemonSet) {
        Cluster cluster = Clusters.goodEks();
        cluster.devicePlugin("gpu-operator", daemonSet);

        assertThat(status(cluster, "gpu.single-device-plugin")).isEqualTo(Status.PASS);
    }

    @Test
    void without_pods_it_is_not_known_which_plugin_runs_where() {
        assertThat(status(Clusters.goodEks().blind("pods"), "gpu.single-device-plugin"))
                .isEqualTo(Status.UNKNOWN);
    }

    @Test
    void gkes_own_stack_is_as_good_as_the_operator() {
        Cluster cluster = plainGke();
        cluster.runtimeClasses.clear();
        cluster.flag("admission", "gpupodruntimeclassname", "");

        assertThat(status(cluster, "gpu.operator-installed")).isEqualTo(Status.PASS);
        assertThat(status(cluster, "gpu.gke-plugin-disabled")).isEqualTo(Status.PASS);
        assertThat(status(cluster, "gpu.gke-resourcequota")).isEqualTo(Status.SKIPPED);
        assertThat(status(cluster, "gpu.runtimeclass")).isEqualTo(Status.SKIPPED);

        cluster.flag("admission", "gpupodruntimeclassname", "nvidia");
        assertThat(status(cluster, "gpu.runtimeclass")).isEqualTo(Status.FAIL);
        assertThat(finding(cluster, "gpu.runtimeclass").next()).contains("admission.gpuPodRuntimeClassName");
    }

    @ParameterizedTest
    @CsvSource({"true, true, PASS", "true, false, WARN", "false, true, WARN", "false, false, PASS"})
    void of_gke_and_the_operator_one_installs_a_plugin(boolean operator, boolean off, Status status) {
        Cluster cluster = Clusters.goodGke();
        cluster.clusterPolicies.set(0, new ClusterPolicyFacts("cluster-policy", "ready", true, Fact.of(operator)));
        cluster.node("gpu-0", n -> n.labels.put("gke-no-default-nvidia-gpu-device-plugin", String.valueOf(off)));

        assertThat(status(cluster, "gpu.gke-plugin-disabled")).isEqualTo(status);
    }

    @Test
    void a_driver_that_the_cloud_installs_needs_an_operator_that_does_not() {
        Cluster cluster = Clusters.goodAks();
        cluster.pool("gpu", p -> p.driverByCloud = Fact.of(true));
        cluster.clusterPolicies.set(0, new ClusterPolicyFacts("cluster-policy", "ready", false, Fact.of(true)));

        assertThat(status(cluster, "gpu.aks-driver-none")).isEqualTo(Status.PASS);
    }

    @Test
    void parts_that_are_put_together_again_are_none() {
        Cluster cluster = Clusters.goodEks().node("gpu-0", n -> n.allocatable.put("nvidia.com/mig-1g.10gb", "0"));

        assertThat(status(cluster, "gpu.mig-mode")).isEqualTo(Status.PASS);
    }

    @Test
    void a_pool_whose_machines_are_not_known_is_not_taken_for_one_with_gpus() {
        Cluster cluster = Clusters.goodEks().pool("gpu", p -> p.machine = Fact.unknown("403 on machine"));

        assertThat(status(cluster, "gpu.pool-exists")).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void how_many_gpus_a_machine_has_is_unknown_where_neither_the_cloud_nor_a_label_tells() {
        Cluster cluster = Clusters.goodEks();
        assertThat(status(cluster.blind("pools"), "gpu.count-matches")).isEqualTo(Status.PASS);

        cluster.node("gpu-0", n -> n.labels.remove("nvidia.com/gpu.count"));
        assertThat(status(cluster, "gpu.count-matches")).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void an_operator_that_is_named_by_its_contents_has_no_version() {
        Cluster cluster =
                Clusters.goodEks().image("gpu-operator", "nvcr.io/nvidia/gpu-operator@sha256:" + "0".repeat(64));

        assertThat(status(cluster, "gpu.operator-version")).isEqualTo(Status.UNKNOWN);
    }
}
