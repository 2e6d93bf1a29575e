// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.osmo;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.cluster.GpuStack;
import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.Violation;
import io.osmo.backend.gcp.GcpProvider;
import io.osmo.backend.gcp.GkeSettings;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.BackendSpecBuilder;
import io.osmo.backend.spec.PoolRole;
import io.osmo.backend.testkit.EmulatedClouds;
import io.osmo.backend.values.GpuOperatorValues;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class GpuOperatorValuesTest {
    @Test
    void node_images_of_eks_own_driver_and_toolkit_and_bottlerocket_the_device_plugin_too() {
        assertThat(text("aws", s -> {})).isEqualTo("{driver={enabled=false}, toolkit={enabled=false}}");
        assertThat(text(
                        "aws",
                        s -> s.settings(EksSettings.builder()
                                .amiType(PoolRole.GPU, "BOTTLEROCKET_x86_64_NVIDIA")
                                .build())))
                .isEqualTo("{driver={enabled=false}, toolkit={enabled=false}, devicePlugin={enabled=false}}");
    }

    @Test
    void the_operator_owns_all_by_default_on_gke_and_aks() {
        String all = "{toolkit={env=[{name=RUNTIME_CONFIG_SOURCE, value=file}]}}";

        assertThat(text("gcp", s -> {})).isEqualTo(all);
        assertThat(text("azure", s -> {})).isEqualTo(all);
    }

    @Test
    void what_gke_and_aks_install_is_left_to_them() {
        assertThat(text(
                        "gcp",
                        s -> s.settings(GkeSettings.builder()
                                .gpuDriver(io.osmo.backend.gcp.GpuDriver.GKE_LATEST)
                                .build())))
                .isEqualTo("{driver={enabled=false}, devicePlugin={enabled=false},"
                        + " hostPaths={driverInstallDir=/home/kubernetes/bin/nvidia},"
                        + " toolkit={installDir=/home/kubernetes/bin/nvidia}}");
        assertThat(text(
                        "azure",
                        s -> s.settings(AksSettings.builder()
                                .gpuDriver(io.osmo.backend.azure.GpuDriver.AKS)
                                .build())))
                .isEqualTo("{driver={enabled=false}, toolkit={enabled=false},"
                        + " operator={runtimeClass=nvidia-container-runtime}}");
    }

    @Test
    void of_other_clusters_nothing_is_known() {
        assertThat(text("existing", s -> {})).isEqualTo("{}");
    }

    @Test
    void values_that_leave_two_owners_or_none_are_refused() {
        Map<String, Object> on = Map.of("driver", Map.of("enabled", true));
        Map<String, Object> off = Map.of("driver", Map.of("enabled", false), "toolkit", Map.of("enabled", true));

        assertThat(GpuOperatorValues.violations(stack("aws", s -> {}), on, "charts[1].values"))
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.path()).isEqualTo("charts[1].values.driver.enabled");
                    assertThat(violation.given()).contains("two owners");
                    assertThat(violation.allowed()).contains("the node image installs it");
                });
        assertThat(GpuOperatorValues.violations(stack("gcp", s -> {}), off, "charts[1].values"))
                .singleElement()
                .satisfies(violation -> assertThat(violation.given()).contains("no owner"));
        assertThat(GpuOperatorValues.violations(
                        stack(
                                "gcp",
                                s -> s.settings(GkeSettings.builder()
                                        .gpuDriver(io.osmo.backend.gcp.GpuDriver.GKE_LATEST)
                                        .build())),
                        off,
                        "charts[1].values"))
                .isEmpty();
    }

    @Test
    void a_label_that_contradicts_the_driver_of_gke_is_refused() {
        BackendSpecBuilder gke = spec("gcp")
                .gpuPool(
                        "gpu",
                        p -> p.instanceType("a3-highgpu-8g").label("gke-no-default-nvidia-gpu-device-plugin", "true"));
        BackendSpec operators = gke.build();
        BackendSpec gkes = gke.settings(GkeSettings.builder()
                        .gpuDriver(io.osmo.backend.gcp.GpuDriver.GKE_DEFAULT)
                        .build())
                .build();

        assertThat(new GcpProvider().validate(operators)).isEmpty();
        assertThat(new GcpProvider().validate(gkes)).singleElement().satisfies(violation -> {
            assertThat(violation.path()).contains("gke-no-default-nvidia-gpu-device-plugin");
            assertThat(violation.given()).contains("no owner");
        });
    }

    @Test
    void a_chart_with_a_second_device_plugin_is_refused() {
        BackendSpecBuilder eks = spec("aws")
                .gpuPool("gpu", p -> p.instanceType("p5.48xlarge"))
                .chart("nvdp", c -> c.location("/charts/nvidia-device-plugin-0.17.1"));
        BackendSpec withOperator = eks.chart(
                        "gpu-operator",
                        c -> c.location("/charts/gpu-operator").values(Map.of("toolkit", Map.of("enabled", true))))
                .build();

        assertThat(refusals(withOperator)).anySatisfy(violation -> {
            assertThat(violation.path()).isEqualTo("charts[0].location");
            assertThat(violation.allowed()).contains("the GPU Operator installs it");
        });
        assertThat(refusals(eks.settings(EksSettings.builder()
                                .amiType(PoolRole.GPU, "BOTTLEROCKET_x86_64_NVIDIA")
                                .build())
                        .build()))
                .anySatisfy(violation -> assertThat(violation.allowed()).contains("the node image installs it"));
    }

    @Test
    void a_plan_refuses_a_chart_that_brings_a_second_driver() {
        BackendSpec spec = spec("aws")
                .gpuPool("gpu", p -> p.instanceType("p5.48xlarge"))
                .chart(
                        "gpu-operator",
                        c -> c.location("/charts/gpu-operator").values(Map.of("driver", Map.of("enabled", true))))
                .build();

        assertThat(refusals(spec))
                .anySatisfy(violation -> assertThat(violation.path()).isEqualTo("charts[0].values.driver.enabled"));
    }

    private static List<Violation> refusals(BackendSpec spec) {
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            osmo.plan(spec);
            return List.of();
        } catch (InvalidSpecException e) {
            return e.violations();
        }
    }

    private static BackendSpecBuilder spec(String provider) {
        return BackendSpec.builder("train-west")
                .on(provider, "us-west-2")
                .computePool("cpu", p -> p.instanceType("m7i.2xlarge").scale(1, 2));
    }

    private static String text(String provider, Consumer<BackendSpecBuilder> settings) {
        return GpuOperatorValues.of(built(provider, settings)).toString();
    }

    private static GpuStack stack(String provider, Consumer<BackendSpecBuilder> settings) {
        try (OsmoBackends osmo = OsmoBackends.open()) {
            return osmo.providers().stream()
                    .filter(known -> known.id().equals(provider))
                    .findFirst()
                    .orElseThrow()
                    .defaults()
                    .gpuStack(built(provider, settings))
                    .orElseThrow();
        }
    }

    private static BackendSpec built(String provider, Consumer<BackendSpecBuilder> settings) {
        BackendSpecBuilder spec = BackendSpec.builder("train-west")
                .on(provider, "somewhere")
                .computePool("cpu", p -> p.instanceType("any").scale(1, 2));
        settings.accept(spec);
        return spec.build();
    }
}
