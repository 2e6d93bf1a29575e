// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.gpu;

import static io.osmo.backend.verify.fixture.Clusters.finding;
import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import org.junit.jupiter.api.Test;

class MigModeTest {
    @Test
    void partitions_with_amount_zero_do_not_count() {
        Cluster cluster = Clusters.goodEks().node("gpu-0", n -> n.allocatable.put("nvidia.com/mig-1g.10gb", "0"));

        assertThat(status(cluster, "gpu.mig-mode")).isEqualTo(Status.PASS);
    }

    @Test
    void partitions_that_count_as_gpus_and_failed_partitioning_are_found() {
        Cluster single = Clusters.goodEks().node("gpu-0", n -> {
            n.labels.put("nvidia.com/mig.strategy", "single");
            n.labels.put("nvidia.com/gpu.product", "NVIDIA-A100-SXM4-40GB-MIG-1g.5gb");
            n.allocatable.put("nvidia.com/gpu", "7");
        });
        Cluster partitioned = Clusters.goodGke()
                .node("gpu-0", n -> n.labels.put("cloud.google.com/gke-gpu-partition-size", "1g.5gb"));
        Cluster failed = Clusters.goodEks().node("gpu-0", n -> n.labels.put("nvidia.com/mig.config.state", "failed"));
        Cluster done = Clusters.goodEks().node("gpu-0", n -> n.labels.put("nvidia.com/mig.config.state", "success"));

        assertThat(finding(single, "gpu.mig-mode").observed())
                .isEqualTo("nvidia.com/gpu counts partitions (NVIDIA-A100-SXM4-40GB-MIG-1g.5gb) (1 of 1 GPU nodes)");
        assertThat(status(partitioned, "gpu.mig-mode")).isEqualTo(Status.WARN);
        assertThat(finding(failed, "gpu.mig-mode").observed())
                .isEqualTo("nvidia.com/mig.config.state=failed (1 of 1 GPU nodes)");
        assertThat(status(done, "gpu.mig-mode")).isEqualTo(Status.PASS);
    }
}
