// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.kai;

import static io.osmo.backend.verify.fixture.Clusters.finding;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import io.osmo.backend.verify.snapshot.PriorityClassFacts;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PriorityClassesTest {
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void only_a_class_of_another_value_has_to_be_deleted(boolean wrong) {
        Cluster cluster = Clusters.goodEks();
        cluster.priorityClasses.remove(2);
        if (wrong) {
            cluster.priorityClasses.set(0, new PriorityClassFacts("osmo-high", 1000, false));
        }

        String next = finding(cluster, "kai.priority-classes").next();

        assertThat(next.contains("kubectl delete priorityclass osmo-high,")).isEqualTo(wrong);
        assertThat(next.contains("global.priorityClasses.enabled=true")).isEqualTo(!wrong);
    }
}
