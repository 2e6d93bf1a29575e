// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.aws.Autoscaler;
import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.ChartBuilder;
import io.osmo.backend.testkit.EmulatedClouds;
import io.osmo.backend.testkit.cluster.EmulatedCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On EKS the chart of Cluster Autoscaler takes the place of the one that is installed without a chart, and gets the same settings. */
class AutoscalerChartTest {
    private static final String LOCATION = "oci://registry.example.com/charts/cluster-autoscaler";

    @TempDir
    Path folder;

    private static BackendSpec spec(Autoscaler autoscaler) {
        return BackendSpec.builder("train-west")
                .on("aws", "us-west-2")
                .deletionProtection(false)
                .kubernetesVersion("1.34")
                .operatorPool(p -> p.tainted(true))
                .computePool("cpu", p -> p.instanceType("m7i.2xlarge").scale(1, 20))
                .settings(EksSettings.builder().autoscaler(autoscaler).build())
                .build();
    }

    private static BackendSpec with(BackendSpec spec, String name, Consumer<ChartBuilder> chart) {
        return spec.toBuilder()
                .chart(name, c -> {
                    c.location(LOCATION).version("9.59.0").namespace("kube-system");
                    chart.accept(c);
                })
                .build();
    }

    private static void assertRefused(BackendSpec spec, String message) {
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            assertThatThrownBy(() -> osmo.plan(spec))
                    .isInstanceOf(InvalidSpecException.class)
                    .hasMessageContaining(message);
        }
    }

    @Test
    void a_cluster_has_one_autoscaler() {
        BackendSpec chart = with(spec(Autoscaler.CHART), "cluster-autoscaler", c -> {});

        assertRefused(spec(Autoscaler.CHART), "CHART, and no chart cluster-autoscaler among charts");
        assertRefused(
                with(spec(Autoscaler.CLUSTER_AUTOSCALER), "cluster-autoscaler", c -> {}),
                "Set settings.autoscaler to CHART, or remove the chart");
        assertRefused(with(chart, "another", c -> {}), "another, which is a second Cluster Autoscaler");
        assertRefused(
                with(spec(Autoscaler.CHART), "cluster-autoscaler", c -> c.namespace("scaling")),
                "Set namespace: kube-system");
    }

    @Test
    void the_chart_takes_over_with_the_settings_of_the_spec() throws IOException {
        BackendSpec before = spec(Autoscaler.CLUSTER_AUTOSCALER);
        BackendSpec spec = with(
                spec(Autoscaler.CHART),
                "cluster-autoscaler",
                c -> c.values(Map.of("extraArgs", Map.of("expander", "priority"))));
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            List<Map<String, ?>> rendered = RecordingRenderer.during(folder, () -> {
                osmo.apply(osmo.plan(before));
                Plan plan = osmo.plan(spec);
                assertThat(plan.changes())
                        .as("the account and its permissions stay")
                        .extracting(change -> change.resource().kind())
                        .doesNotContain("namespace", "pod-identity", "role");
                osmo.apply(plan);
                assertThat(osmo.plan(spec).isEmpty()).isTrue();
            });

            EmulatedCluster cluster = clouds.aws().cluster(spec.ref());
            assertThat(cluster.has("Deployment", "kube-system", "cluster-autoscaler"))
                    .isFalse();
            assertThat(cluster.has("ServiceAccount", "kube-system", "cluster-autoscaler"))
                    .isTrue();
            JsonNode values = new ObjectMapper().valueToTree(rendered.get(0));
            assertThat(values.at("/autoDiscovery/clusterName").asText()).isEqualTo("train-west");
            assertThat(values.at("/image/tag").asText()).isEqualTo("v1.34.4");
            assertThat(values.at("/rbac/serviceAccount/create").asBoolean(true)).isFalse();
            assertThat(values.at("/nodeSelector/node-type").asText()).isEqualTo("operator");
            assertThat(values.at("/tolerations")).hasSize(1);
            assertThat(values.at("/extraArgs/expander").asText())
                    .as("values of the spec win")
                    .isEqualTo("priority");
            assertThat(values.at("/extraArgs/skip-nodes-with-local-storage").asBoolean(true))
                    .isFalse();
        }
    }

    @Test
    void a_pod_of_the_chart_has_its_permissions_from_the_start() throws IOException {
        BackendSpec spec = with(spec(Autoscaler.CHART), "cluster-autoscaler", c -> {});
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            RecordingRenderer.during(folder, () -> {
                Plan plan = osmo.plan(spec);
                assertThat(plan.changes().stream()
                                .filter(change -> change.resource()
                                                .equals(ResourceId.of("chart", "kube-system/cluster-autoscaler"))
                                        || change.resource().kind().equals("pod-identity"))
                                .map(change -> change.resource().toString()))
                        .endsWith("chart/kube-system/cluster-autoscaler")
                        .hasSize(3);
                osmo.apply(plan);
                assertThat(clouds.aws().inventory()).contains("pod-identity kube-system/cluster-autoscaler");
            });
        }
    }

    /** Needs the chart as its authors have published it, which {@code dev/charts} fetches. */
    @Test
    void the_published_chart_takes_these_values() throws IOException {
        assumeTrue(UpstreamCharts.has("cluster-autoscaler"), "SKIPPED: no charts of upstream; dev/charts fetches them");
        String chart = UpstreamCharts.newest("cluster-autoscaler", folder).toString();
        BackendSpec spec = spec(Autoscaler.CHART).toBuilder()
                .chart("cluster-autoscaler", c -> c.location(chart).namespace("kube-system"))
                .build();
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            osmo.apply(osmo.plan(spec));

            JsonNode pod = new ObjectMapper()
                    .readTree(clouds.aws()
                            .cluster(spec.ref())
                            .json("Deployment", "kube-system", "cluster-autoscaler-aws-cluster-autoscaler"))
                    .at("/spec/template/spec");
            assertThat(pod.path("serviceAccountName").asText()).isEqualTo("cluster-autoscaler");
            assertThat(pod.at("/containers/0/image").asText())
                    .isEqualTo("registry.k8s.io/autoscaling/cluster-autoscaler:v1.34.4");
            assertThat(pod.at("/containers/0/command").toString())
                    .contains("asg:tag=k8s.io/cluster-autoscaler/enabled,k8s.io/cluster-autoscaler/train-west")
                    .contains("--skip-nodes-with-local-storage=false", "--expander=least-waste");
            assertThat(pod.at("/nodeSelector/node-type").asText()).isEqualTo("operator");
        }
    }
}
