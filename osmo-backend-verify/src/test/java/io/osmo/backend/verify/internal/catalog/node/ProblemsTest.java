// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.node;

import static io.osmo.backend.verify.fixture.Clusters.finding;
import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemsTest {
    @ParameterizedTest
    @CsvSource({
        "KernelDeadlock, True, WARN",
        "KernelDeadlock, False, PASS",
        "ReadonlyFilesystem, True, WARN",
        "XIDErrors, True, WARN",
        "GpuXidError, True, WARN",
        "GPUMissing, True, WARN",
        "FrequentContainerdRestart, True, WARN",
        "FrequentContainerdRestart, Unknown, PASS",
        "KernelReady, True, PASS",
        "KernelReady, False, WARN",
        "KubeletNotReady, True, WARN",
        "KubeletNotReady, False, PASS",
        "ContainerRuntimeUnhealthy, True, WARN",
        "AcceleratedHardwareReady, False, WARN",
        "train.osmo.nvidia.com/GpuLessThanTotal, True, WARN",
        "train.osmo.nvidia.com/GpuLessThanTotal, False, PASS"
    })
    void conditions_of_agents_on_nodes_are_judged(String type, String value, Status status) {
        Cluster cluster = Clusters.goodEks().node("cpu-0", n -> n.conditions.put(type, value));

        assertThat(status(cluster, "node.problems")).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"upgrade-failed, WARN", "upgrade-done, PASS", "upgrade-required, PASS"})
    void a_driver_that_the_gpu_operator_could_not_upgrade_is_a_problem(String state, Status status) {
        Cluster cluster =
                Clusters.goodEks().node("gpu-0", n -> n.labels.put("nvidia.com/gpu-driver-upgrade-state", state));

        assertThat(status(cluster, "node.problems")).isEqualTo(status);
    }

    @Test
    void each_node_with_a_problem_is_named_with_it() {
        Cluster cluster = Clusters.goodEks()
                .node("cpu-0", n -> n.conditions.put("KernelDeadlock", "True"))
                .node("gpu-0", n -> n.conditions.put("AcceleratedHardwareReady", "False"));

        assertThat(finding(cluster, "node.problems").observed())
                .isEqualTo("AcceleratedHardwareReady=False, KernelDeadlock (2 of 6 nodes)");
        assertThat(finding(cluster, "node.problems").resources()).containsExactly("node/cpu-0", "node/gpu-0");
    }
}
