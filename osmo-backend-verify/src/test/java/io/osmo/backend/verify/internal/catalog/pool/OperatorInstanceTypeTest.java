// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.pool;

import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorInstanceTypeTest {
    @ParameterizedTest
    @CsvSource({
        "t3.xlarge, WARN",
        "t4g.xlarge, WARN",
        "Standard_B4ms, WARN",
        "e2-medium, WARN",
        "g1-small, WARN",
        "e2-standard-4, PASS",
        "m7i.xlarge, PASS",
        "'', SKIPPED"
    })
    void burstable_types_are_recognized(String type, Status expected) {
        Cluster cluster = Clusters.goodEks().eachNode(n -> n.labels.put("node.kubernetes.io/instance-type", type));

        assertThat(status(cluster, "pool.operator.instance-type")).isEqualTo(expected);
    }
}
