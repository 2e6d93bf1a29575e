// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.pool;

import static io.osmo.backend.verify.check.Status.WARN;
import static io.osmo.backend.verify.fixture.Clusters.finding;
import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.spec.Scale;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import org.junit.jupiter.api.Test;

class OperatorAutoscalingTest {
    @Test
    void an_operator_pool_of_three_that_never_scales_is_not_autoscaled() {
        Cluster fixed = Clusters.goodAks().pool("operator", p -> p.scale = new Scale(3, 3, 3));

        assertThat(status(fixed, "pool.operator.autoscaling")).isEqualTo(WARN);
        assertThat(finding(fixed, "pool.operator.autoscaling").observed()).contains("fixed at 3");
    }
}
