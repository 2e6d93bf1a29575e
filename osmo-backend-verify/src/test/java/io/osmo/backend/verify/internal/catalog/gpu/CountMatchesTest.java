// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.gpu;

import static io.osmo.backend.verify.fixture.Clusters.finding;
import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.verify.BackendVerifier;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CountMatchesTest {
    @Test
    void the_number_of_gpus_is_unknown_without_cloud_and_label() {
        Cluster cluster = Clusters.goodEks();
        assertThat(status(cluster.blind("pools"), "gpu.count-matches")).isEqualTo(Status.PASS);

        cluster.node("gpu-0", n -> n.labels.remove("nvidia.com/gpu.count"));
        assertThat(status(cluster, "gpu.count-matches")).isEqualTo(Status.UNKNOWN);
    }

    private static Cluster sliced(String allocatable) {
        return Clusters.goodEks().pool("gpu", p -> p.gpus = 2).node("gpu-0", n -> {
            n.labels.put("nvidia.com/gpu.count", "2");
            n.labels.put("nvidia.com/gpu.replicas", "4");
            n.labels.put("nvidia.com/gpu.sharing-strategy", "time-slicing");
            n.allocatable.put("nvidia.com/gpu", allocatable);
        });
    }

    @Test
    void a_gpu_that_is_lost_under_sharing_is_found() {
        assertThat(status(sliced("8"), "gpu.count-matches")).isEqualTo(Status.PASS);
        assertThat(status(sliced("4"), "gpu.count-matches")).isEqualTo(Status.WARN);
        assertThat(finding(sliced("4"), "gpu.count-matches").observed())
                .isEqualTo("4 of 8 shares of 2 GPUs (1 of 1 GPU nodes with a known number of GPUs)");
    }

    @Test
    void zero_gpus_left_on_a_cpu_node_make_it_no_gpu_node() {
        Cluster cluster = Clusters.goodEks().node("cpu-0", n -> {
            n.capacity.put("nvidia.com/gpu", "0");
            n.allocatable.put("nvidia.com/gpu", "0");
        });

        assertThat(BackendVerifier.standard().verify(cluster.snapshot()).findings())
                .filteredOn(
                        f -> Set.of(Status.FAIL, Status.WARN, Status.UNKNOWN).contains(f.status()))
                .isEmpty();
    }
}
