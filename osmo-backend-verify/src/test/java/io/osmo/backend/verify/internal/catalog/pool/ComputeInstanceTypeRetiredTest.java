// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.pool;

import static io.osmo.backend.verify.check.Status.SKIPPED;
import static io.osmo.backend.verify.check.Status.WARN;
import static io.osmo.backend.verify.fixture.Clusters.finding;
import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComputeInstanceTypeRetiredTest {
    @Test
    void a_retired_type_is_found_in_an_empty_pool() {
        Cluster empty = Clusters.goodEks();
        empty.nodes.removeIf(n -> n.name.startsWith("gpu"));
        empty.pool("gpu", p -> p.types = List.of("p3.8xlarge"));

        assertThat(status(empty, "pool.compute.instance-type-retired")).isEqualTo(WARN);
        assertThat(finding(empty, "pool.compute.instance-type-retired").resources())
                .containsExactly("pool/gpu");
        assertThat(finding(empty, "pool.compute.instance-type-retired").observed())
                .startsWith("p3.8xlarge");
        assertThat(status(Clusters.onPremises(), "pool.compute.instance-type-retired"))
                .as("machines of no type")
                .isEqualTo(SKIPPED);
    }

    @ParameterizedTest
    @CsvSource({
        "p2.xlarge, WARN",
        "g3s.xlarge, WARN",
        "p3dn.24xlarge, PASS",
        "g2-standard-16, PASS",
        "g6.4xlarge, PASS",
        "Standard_NC6, WARN",
        "Standard_NC24rs_v2, WARN",
        "Standard_NC6s_v3, WARN",
        "Standard_ND24rs, WARN",
        "Standard_NV12_Promo, WARN",
        "Standard_NC24ads_A100_v4, PASS",
        "Standard_ND96isr_H100_v5, PASS",
    })
    void retired_and_current_types(String type, Status expected) {
        Cluster cluster = Clusters.goodEks().node("cpu-0", n -> n.labels.put("node.kubernetes.io/instance-type", type));

        assertThat(status(cluster, "pool.compute.instance-type-retired")).isEqualTo(expected);
    }
}
