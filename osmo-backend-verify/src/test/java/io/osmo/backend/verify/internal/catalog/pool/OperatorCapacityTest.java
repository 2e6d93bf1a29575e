// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.pool;

import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorCapacityTest {
    @ParameterizedTest
    @CsvSource({
        "4, 7.5Gi, PASS, PASS",
        "4000m, 7440000k, PASS, PASS",
        "3920m, 7439999k, FAIL, FAIL",
        "4, 8e9, PASS, PASS",
        "2, 7805636Ki, FAIL, PASS",
        "8, 128974848k, PASS, PASS",
    })
    void capacities_in_all_spellings(String cpu, String memory, Status ofCpu, Status ofMemory) {
        Cluster cluster = Clusters.goodEks().node("operator-0", n -> {
            n.capacity.put("cpu", cpu);
            n.capacity.put("memory", memory);
        });

        assertThat(status(cluster, "pool.operator.cpu")).isEqualTo(ofCpu);
        assertThat(status(cluster, "pool.operator.memory")).isEqualTo(ofMemory);
    }
}
