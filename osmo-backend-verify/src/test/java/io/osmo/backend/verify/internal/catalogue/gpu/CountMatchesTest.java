// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.gpu;

import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import org.junit.jupiter.api.Test;

class CountMatchesTest {
    @Test
    void the_number_of_gpus_is_unknown_without_cloud_and_label() {
        Cluster cluster = Clusters.goodEks();
        assertThat(status(cluster.blind("pools"), "gpu.count-matches")).isEqualTo(Status.PASS);

        cluster.node("gpu-0", n -> n.labels.remove("nvidia.com/gpu.count"));
        assertThat(status(cluster, "gpu.count-matches")).isEqualTo(Status.UNKNOWN);
    }
}
