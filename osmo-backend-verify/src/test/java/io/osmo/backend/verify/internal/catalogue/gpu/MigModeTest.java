// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.gpu;

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
}
