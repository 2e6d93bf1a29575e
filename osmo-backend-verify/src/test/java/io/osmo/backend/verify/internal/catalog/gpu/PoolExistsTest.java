// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.gpu;

import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import org.junit.jupiter.api.Test;

class PoolExistsTest {
    @Test
    void a_pool_with_unknown_machines_is_unknown() {
        Cluster cluster = Clusters.goodEks().pool("gpu", p -> p.machine = Fact.unknown("403 on machine"));

        assertThat(status(cluster, "gpu.pool-exists")).isEqualTo(Status.UNKNOWN);
    }
}
