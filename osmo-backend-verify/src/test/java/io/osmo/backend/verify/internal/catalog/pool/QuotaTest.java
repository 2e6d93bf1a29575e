// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.pool;

import static io.osmo.backend.verify.check.Status.UNKNOWN;
import static io.osmo.backend.verify.check.Status.WARN;
import static io.osmo.backend.verify.fixture.Clusters.finding;
import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import org.junit.jupiter.api.Test;

class QuotaTest {
    @Test
    void quota_for_pools_with_unknown_machines_is_unknown() {
        Cluster unread = Clusters.goodEks().pool("gpu", p -> p.machine = Fact.unknown("403 on DescribeInstanceTypes"));
        unread.drawing.remove("gpu");
        Cluster exceeded =
                Clusters.goodEks().pool("gpu", p -> p.machine = Fact.unknown("403 on DescribeInstanceTypes"));
        exceeded.drawing.remove("gpu");
        exceeded.vcpuLimit = Fact.of(30L);

        assertThat(status(unread, "pool.quota")).isEqualTo(UNKNOWN);
        assertThat(finding(unread, "pool.quota").observed()).contains("403 on DescribeInstanceTypes");
        assertThat(status(exceeded, "pool.quota")).isEqualTo(WARN);
    }
}
