// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.osmo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.gcp.GkeSettings;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.BackendSpecBuilder;
import io.osmo.backend.spec.PoolRole;
import io.osmo.backend.testkit.EmulatedClouds;
import io.osmo.backend.values.GpuOperatorValues;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class GpuOperatorValuesTest {
    @Test
    void node_images_of_eks_own_driver_and_toolkit_and_bottlerocket_the_device_plugin_too() {
        assertThat(values("aws", s -> {})).isEqualTo("{driver={enabled=false}, toolkit={enabled=false}}");
        assertThat(values(
                        "aws",
                        s -> s.settings(EksSettings.builder()
                                .amiType(PoolRole.GPU, "BOTTLEROCKET_x86_64_NVIDIA")
                                .build())))
                .isEqualTo("{driver={enabled=false}, toolkit={enabled=false}, devicePlugin={enabled=false}}");
    }

    @Test
    void the_operator_owns_all_by_default_on_gke_and_aks() {
        String all = "{toolkit={env=[{name=RUNTIME_CONFIG_SOURCE, value=file}]}}";

        assertThat(values("gcp", s -> {})).isEqualTo(all);
        assertThat(values("azure", s -> {})).isEqualTo(all);
    }

    @Test
    void what_gke_and_aks_install_is_left_to_them() {
        assertThat(values(
                        "gcp",
                        s -> s.settings(GkeSettings.builder()
                                .gpuDriver(io.osmo.backend.gcp.GpuDriver.GKE_LATEST)
                                .build())))
                .isEqualTo("{driver={enabled=false}, devicePlugin={enabled=false},"
                        + " hostPaths={driverInstallDir=/home/kubernetes/bin/nvidia},"
                        + " toolkit={installDir=/home/kubernetes/bin/nvidia}}");
        assertThat(values(
                        "azure",
                        s -> s.settings(AksSettings.builder()
                                .gpuDriver(io.osmo.backend.azure.GpuDriver.AKS)
                                .build())))
                .isEqualTo("{driver={enabled=false}, toolkit={enabled=false},"
                        + " operator={runtimeClass=nvidia-container-runtime}}");
    }

    @Test
    void of_other_clusters_nothing_is_known() {
        assertThat(values("existing", s -> {})).isEqualTo("{}");
    }

    @Test
    void values_that_leave_two_owners_or_none_are_refused() {
        BackendSpecBuilder eks = spec("aws").gpuPool("gpu", p -> p.instanceType("p5.48xlarge"));
        BackendSpecBuilder gke = spec("gcp").gpuPool("gpu", p -> p.instanceType("a3-highgpu-8g"));
        Map<String, Object> on = Map.of("driver", Map.of("enabled", true));
        Map<String, Object> off = Map.of("driver", Map.of("enabled", false), "toolkit", Map.of("enabled", true));

        assertThat(GpuOperatorValues.violations(eks.build(), on, "charts[1].values"))
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.path()).isEqualTo("charts[1].values.driver.enabled");
                    assertThat(violation.given()).contains("two owners");
                });
        assertThat(GpuOperatorValues.violations(gke.build(), off, "charts[1].values"))
                .singleElement()
                .satisfies(violation -> assertThat(violation.given()).contains("no owner"));
        assertThat(GpuOperatorValues.violations(
                        gke.settings(GkeSettings.builder()
                                        .gpuDriver(io.osmo.backend.gcp.GpuDriver.GKE_LATEST)
                                        .build())
                                .build(),
                        off,
                        "charts[1].values"))
                .isEmpty();
        assertThat(GpuOperatorValues.violations(spec("aws").build(), on, "charts[1].values"))
                .as("without GPU pools")
                .isEmpty();
    }

    @Test
    void a_plan_refuses_a_chart_that_brings_a_second_driver() {
        BackendSpec spec = spec("aws")
                .gpuPool("gpu", p -> p.instanceType("p5.48xlarge"))
                .chart(
                        "gpu-operator",
                        c -> c.location("/charts/gpu-operator").values(Map.of("driver", Map.of("enabled", true))))
                .build();
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            assertThatThrownBy(() -> osmo.plan(spec))
                    .isInstanceOfSatisfying(
                            InvalidSpecException.class,
                            e -> assertThat(e.violations())
                                    .anySatisfy(violation ->
                                            assertThat(violation.path()).isEqualTo("charts[0].values.driver.enabled")));
        }
    }

    private static BackendSpecBuilder spec(String provider) {
        return BackendSpec.builder("train-west")
                .on(provider, "us-west-2")
                .computePool("cpu", p -> p.instanceType("m7i.2xlarge").scale(1, 2));
    }

    private static String values(String provider, Consumer<BackendSpecBuilder> settings) {
        BackendSpecBuilder spec = BackendSpec.builder("train-west")
                .on(provider, "somewhere")
                .computePool("cpu", p -> p.instanceType("any").scale(1, 2));
        settings.accept(spec);
        return GpuOperatorValues.of(spec.build()).toString();
    }
}
