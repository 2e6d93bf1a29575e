// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.pool;

import static io.osmo.backend.verify.check.Status.PASS;
import static io.osmo.backend.verify.check.Status.WARN;
import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.spec.Taint;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import io.osmo.backend.verify.snapshot.Expectations;
import java.util.List;
import org.junit.jupiter.api.Test;

class OperatorTaintTest {
    @Test
    void a_cordon_does_not_count_as_a_taint() {
        Cluster cordoned = Clusters.goodEks()
                .node(
                        "operator-0",
                        n -> n.taints =
                                List.of(new Taint("node.kubernetes.io/unschedulable", "", Taint.Effect.NO_SCHEDULE)));
        cordoned.expectations = Expectations.ofAnyBackend();
        Cluster tainted = Clusters.goodEks();
        tainted.expectations = Expectations.ofAnyBackend();

        assertThat(status(cordoned, "pool.operator.taint")).isEqualTo(WARN);
        assertThat(status(tainted, "pool.operator.taint")).isEqualTo(PASS);
    }
}
