// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.error.PartialApplyException;
import io.osmo.backend.kubernetes.KubernetesClients;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.testkit.EmulatedClouds;
import io.osmo.backend.testkit.cluster.EmulatedCluster;
import io.osmo.backend.testkit.cluster.EmulatedWorkload;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A replacement that is given up on the way: the pool that is kept takes work again. */
class KeptPoolsTest {
    private static List<String> unschedulable(EmulatedCluster cluster) {
        try (KubernetesClient client = KubernetesClients.open(cluster.access())) {
            return client.nodes().list().getItems().stream()
                    .filter(node -> Boolean.TRUE.equals(node.getSpec().getUnschedulable()))
                    .map(node -> node.getMetadata().getName())
                    .toList();
        }
    }

    @ParameterizedTest
    @CsvSource({"aws, us-west-2, m7i.2xlarge", "gcp, us-central1, n2-standard-8", "azure, westeurope, Standard_D8s_v5"})
    void nodes_that_a_drain_has_cordoned_take_work_again_when_the_spec_goes_back(
            String cloud, String region, String machine) {
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            BackendSpec before = BackendSpec.builder("train-west")
                    .on(cloud, region)
                    .deletionProtection(false)
                    .computePool("cpu", p -> p.instanceType(machine).scale(2, 4).drainMinutes(5))
                    .build();
            osmo.apply(osmo.plan(before));
            EmulatedCluster cluster = clouds.cloud(cloud).cluster(before.ref());
            EmulatedWorkload workflow = cluster.workload("workflow")
                    .on("node-type", "compute")
                    .bare()
                    .start();
            clouds.time().advance(Duration.ofMinutes(1));
            BackendSpec after =
                    before.toBuilder().changePool("cpu", p -> p.spot(true)).build();

            assertThatExceptionOfType(PartialApplyException.class)
                    .isThrownBy(() -> osmo.apply(osmo.plan(after)))
                    .withMessageContaining("drain/cpu");
            assertThat(workflow.ready()).isEqualTo(1);
            assertThat(unschedulable(cluster)).isNotEmpty();

            Plan back = osmo.plan(before);
            assertThat(back.changes())
                    .extracting(change -> change.action() + " " + change.resource())
                    .contains("UPDATE nodes/kept-pools");
            osmo.apply(back);

            assertThat(unschedulable(cluster)).isEmpty();
            assertThat(workflow.ready()).isEqualTo(1);
            assertThat(osmo.plan(before).changes()).isEmpty();
        }
    }
}
