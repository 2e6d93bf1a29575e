// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.charts;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.Backend;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.testkit.EmulatedClouds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** OSMO's operator as a chart of the spec gets the values that are printed, those that follow from the cluster's network included. */
class OperatorValuesTest {
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
                    .as("before there is a cluster and afterwards")
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
}
