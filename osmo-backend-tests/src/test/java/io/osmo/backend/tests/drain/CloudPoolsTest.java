// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.drain;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.kubernetes.ClusterSide;
import io.osmo.backend.kubernetes.KubernetesClients;
import io.osmo.backend.kubernetes.PoolDrain;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.EmulatedClouds;
import io.osmo.backend.testkit.cluster.EmulatedCluster;
import io.osmo.backend.testkit.cluster.EmulatedWorkload;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The label by which each service names the pool of a node, and a drain by it. */
class CloudPoolsTest {
    @ParameterizedTest
    @CsvSource({
        "aws, us-west-2, m7i.2xlarge, eks.amazonaws.com/nodegroup",
        "gcp, us-central1, n2-standard-8, cloud.google.com/gke-nodepool",
        "azure, westeurope, Standard_D8s_v5, kubernetes.azure.com/agentpool",
    })
    void nodes_carry_the_label_of_their_pool_by_which_it_is_drained(
            String cloud, String region, String machine, String label) {
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            BackendSpec spec = BackendSpec.builder("train-west")
                    .on(cloud, region)
                    .deletionProtection(false)
                    .computePool("cpu", p -> p.instanceType(machine).scale(2, 4))
                    .computePool("more", p -> p.instanceType(machine).scale(2, 4))
                    .build();
            Instant start = clouds.time().now();
            osmo.apply(osmo.plan(spec));
            EmulatedCluster cluster = clouds.cloud(cloud).cluster(spec.ref());

            try (KubernetesClient client = KubernetesClients.open(cluster.access())) {
                List<Node> cpu = client.nodes().withLabel(label, "cpu").list().getItems();
                assertThat(cpu).hasSizeGreaterThanOrEqualTo(2).allSatisfy(node -> {
                    assertThat(node.getStatus().getConditions())
                            .anyMatch(c ->
                                    c.getType().equals("Ready") && c.getStatus().equals("True"));
                    assertThat(Instant.parse(node.getMetadata().getCreationTimestamp()))
                            .as("the cluster and the machines take their time")
                            .isAfter(start.plus(Duration.ofMinutes(3)));
                });
                drain(clouds.time(), cluster, label, cpu);
            }
        }
    }

    private static void drain(VirtualTime time, EmulatedCluster cluster, String label, List<Node> nodes) {
        EmulatedWorkload web = cluster.workload("web")
                .replicas(8)
                .on("node-type", "compute")
                .maxUnavailable("25%")
                .start();
        time.advance(Duration.ofMinutes(1));
        assertThat(web.ready()).isEqualTo(8);
        List<String> names =
                nodes.stream().map(node -> node.getMetadata().getName()).toList();
        assertThat(web.nodes().values()).containsAnyElementsOf(names);

        try (ClusterSide side = ClusterSide.open(time, state -> Optional.of(cluster.access()))) {
            Deletable<?> drain = side.drain(
                    PoolDrain.of("cpu", label + "=cpu", Set.of(ResourceId.of("pool", "cpu"))),
                    ResourceId.of("cluster", "main"));
            assertThat(Draining.loop(time, Duration.ofMinutes(10), drain, text -> {}))
                    .isTrue();
        }
        time.advance(Duration.ofMinutes(1));
        assertThat(web.nodes().values()).hasSize(8).doesNotContainAnyElementsOf(names);
        assertThat(web.lowestReady()).isGreaterThanOrEqualTo(6);
    }
}
