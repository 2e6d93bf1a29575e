// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.gpu;

import static io.osmo.backend.verify.fixture.Clusters.finding;
import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import io.osmo.backend.verify.snapshot.ClusterPolicyFacts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorInstalledTest {
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
    void once_osmo_or_kai_is_installed_a_gpu_stack_is_required(String installed) {
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
    void an_ignored_cluster_policy_does_not_count() {
        Cluster cluster = Clusters.goodEks();
        cluster.clusterPolicies.add(new ClusterPolicyFacts("second", "ignored", true, Fact.of(true)));
        assertThat(status(cluster, "gpu.operator-installed")).isEqualTo(Status.PASS);

        cluster.clusterPolicies.remove(0);
        assertThat(status(cluster, "gpu.operator-installed")).isEqualTo(Status.FAIL);
    }

    @Test
    void the_clouds_own_gpu_stack_passes() {
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
}
