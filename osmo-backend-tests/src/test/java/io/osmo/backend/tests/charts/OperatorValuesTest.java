// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.charts;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.Backend;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.testkit.EmulatedClouds;
import io.osmo.backend.testkit.cluster.EmulatedNode;
import io.osmo.backend.testkit.cluster.NodeImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * OSMO's operator as a chart of the spec gets the values that are printed, those that follow from the cluster's network and nodes included.
 */
class OperatorValuesTest {
    private static final EmulatedNode OPERATOR_NODE = new EmulatedNode(
            "op-1",
            "existing://op-1",
            new EmulatedNode.Place("lab", "lab-a", "10.0.1.1"),
            new EmulatedNode.Machine("lab-4", "amd64", 4, 16, 100, 0),
            new NodeImage("Ubuntu 24.04.3 LTS", "6.8.0-87-generic", "containerd://2.2.4"),
            new EmulatedNode.Kubelet("v1.35.3", 110),
            Map.of("node-type", "operator"),
            List.of(new EmulatedNode.Taint("dedicated", "osmo", "NoSchedule")),
            false);

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "aws, us-west-2, m7i.2xlarge",
        "gcp, us-central1, n2-standard-8",
        "azure, eastus2, Standard_D8s_v5",
    })
    void the_installed_operator_has_the_network_policy_of_its_cluster(String provider, String region, String cpu)
            throws IOException {
        BackendSpec spec = BackendSpec.builder("train-west")
                .on(provider, region)
                .deletionProtection(false)
                .computePool("cpu", p -> p.instanceType(cpu).scale(1, 20))
                .osmo(o -> o.release("6.3.1")
                        .serviceUrl("https://osmo.example.com")
                        .token(() -> "not-a-real-token-but-as-long-as-one-has-to-"))
                .chart(
                        "osmo-operator",
                        c -> c.location("oci://registry.example.com/osmo/backend-operator")
                                .version("1.3.1"))
                .build();
        List<Map<String, ?>> expected = new ArrayList<>();
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            List<Map<String, ?>> rendered = RecordingRenderer.during(folder, () -> {
                Backend backend = osmo.apply(osmo.plan(spec));
                assertThat(osmo.plan(spec).isEmpty()).isTrue();
                expected.add(osmo.values(spec, backend).operator());
            });

            assertThat(expected.toString()).contains("networkPolicy={enabled=true, clusterCIDRs=[10.0.0.0/16");
            assertThat(rendered)
                    .as("before there is a cluster and afterward")
                    .hasSizeGreaterThan(2)
                    .allMatch(expected.get(0)::equals);
            assertThat(clouds.cloud(provider).cluster(spec.ref()).json("ConfigMap", "osmo-operator", "operator"))
                    .contains("172.20.0.0/16");

            clouds.cloud(provider)
                    .cluster(spec.ref())
                    .put(Map.of(
                            "apiVersion",
                            "v1",
                            "kind",
                            "Pod",
                            "metadata",
                            Map.of(
                                    "name", "wf-1",
                                    "namespace", "osmo-workflows",
                                    "finalizers", List.of("osmo.nvidia.com/cleanup"))));
            assertThat(osmo.planDestroy(spec.ref()).guards())
                    .as("a destruction of the whole cluster waits for workflows too")
                    .anyMatch(guard -> guard.subject().equals("workflows of OSMO"));
        }
    }

    @Test
    void the_operator_in_an_existing_cluster_tolerates_the_taints_of_its_nodes() throws IOException {
        BackendSpec spec = BackendSpec.builder("train-west")
                .on("existing", "lab")
                .operatorPool(p -> {})
                .computePool("cpu", p -> p.instanceType("lab-8").scale(1, 4))
                .osmo(o -> o.release("6.3.1")
                        .serviceUrl("https://osmo.example.com")
                        .token(() -> "not-a-real-token-but-as-long-as-one-has-to-"))
                .chart(
                        "osmo-operator",
                        c -> c.location("oci://registry.example.com/osmo/backend-operator")
                                .version("1.3.1"))
                .build();
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            clouds.cloud("existing").cluster(spec.ref()).addNode(OPERATOR_NODE);

            List<Map<String, ?>> rendered = RecordingRenderer.during(folder, () -> {
                osmo.apply(osmo.plan(spec));
                assertThat(osmo.plan(spec).isEmpty()).isTrue();
            });

            assertThat(rendered)
                    .isNotEmpty()
                    .allSatisfy(values -> assertThat(values.toString())
                            .contains("tolerations=[{key=dedicated, operator=Exists, effect=NoSchedule}]"));
        }
    }
}
