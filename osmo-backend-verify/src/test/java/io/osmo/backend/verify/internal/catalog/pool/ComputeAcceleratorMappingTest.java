// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.pool;

import static io.osmo.backend.verify.check.Status.PASS;
import static io.osmo.backend.verify.check.Status.UNKNOWN;
import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import org.junit.jupiter.api.Test;

class ComputeAcceleratorMappingTest {
    @Test
    void only_pools_that_should_have_accelerators_are_judged() {
        Cluster other = Clusters.goodGke().pool("cpu", p -> p.machine = Fact.unknown("403"));
        Cluster same = Clusters.goodGke().pool("gpu", p -> p.machine = Fact.unknown("403"));

        assertThat(status(other, "pool.compute.accelerator-mapping")).isEqualTo(PASS);
        assertThat(status(same, "pool.compute.accelerator-mapping")).isEqualTo(UNKNOWN);
    }
}
