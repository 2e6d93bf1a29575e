// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.cluster.GpuStack;
import io.osmo.backend.cluster.GpuStack.Owner;
import io.osmo.backend.cluster.GpuStack.Part;
import io.osmo.backend.kubernetes.chart.ChartRequest;
import io.osmo.backend.kubernetes.chart.RenderedChart;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.ChartBuilder;
import io.osmo.backend.spi.ServiceDefaults;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DerivedValuesTest {
    private static final Map<String, Object> OFF = Map.of("enabled", false);
    private static final ServiceDefaults NODE_IMAGE = new ServiceDefaults() {
        @Override
        public Optional<GpuStack> gpuStack(BackendSpec spec) {
            return Optional.of(GpuStack.of(Owner.NODE_IMAGE, Part.DRIVER, Part.TOOLKIT));
        }
    };

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gpu-operator",
                "/charts/gpu-operator/",
                "gpu-operator-v26.7.0.tgz",
                "C:\\charts\\gpu-operator-v26.7.0.tgz",
                "oci://registry.example.com/nvidia/gpu-operator"
            })
    void the_gpu_operator_gets_one_owner_of_the_driver_under_its_own_values(String location) {
        assertThat(values(c -> c.location(location)
                        .version("26.7.0")
                        .values(Map.of("toolkit", Map.of("enabled", true), "nfd", OFF))))
                .isEqualTo(Map.of("driver", OFF, "toolkit", Map.of("enabled", true), "nfd", OFF));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/charts/my-gpu-operator", "/charts/gpu-operator-extras", "/gpu-operator/other"})
    void another_chart_gets_nothing(String location) {
        assertThat(values(c -> c.location(location))).isEmpty();
    }

    /** What a renderer is asked to render a chart with. */
    private static Map<String, ?> values(Consumer<ChartBuilder> chart) {
        BackendSpec spec = BackendSpec.builder("train-west")
                .on("aws", "us-west-2")
                .gpuPool("h100", p -> p.instanceType("p5.48xlarge").scale(0, 2))
                .chart("gpu", chart)
                .build();
        List<ChartRequest> requests = new ArrayList<>();
        new Renderings(Optional::empty)
                .plan(
                        request -> {
                            requests.add(request);
                            return new RenderedChart(
                                    "gpu",
                                    "1.0.0",
                                    Optional.empty(),
                                    "sha256:0",
                                    List.of(),
                                    List.of(),
                                    List.of(),
                                    Optional.empty(),
                                    "{}");
                        },
                        new ChartValues(spec, NODE_IMAGE, Optional.empty(), Map.of()),
                        spec.charts().get(0),
                        Optional.empty(),
                        Set.of());
        return requests.get(0).values();
    }
}
