// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.chart;

import io.osmo.backend.cluster.AddressRanges;
import io.osmo.backend.cluster.GpuStack;
import io.osmo.backend.kubernetes.chart.KnownChart;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Chart;
import io.osmo.backend.spec.OsmoService;
import io.osmo.backend.spec.PoolRole;
import io.osmo.backend.spi.ServiceDefaults;
import io.osmo.backend.values.GpuOperatorValues;
import io.osmo.backend.values.OsmoValues;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Values of the charts of a spec: those that follow from the spec and its cluster, below those that the chart has in the spec.
 *
 * @param service what the managed service does by default
 * @param ranges address ranges of the existing or planned cluster; empty if they are not known
 * @param autoscaler the provider's values for Cluster Autoscaler; empty if it has none
 */
public record ChartValues(
        BackendSpec spec, ServiceDefaults service, Optional<AddressRanges> ranges, Map<String, ?> autoscaler) {
    public ChartValues {
        autoscaler = Map.copyOf(autoscaler);
    }

    Map<String, @Nullable Object> of(Chart chart) {
        if (KnownChart.GPU_OPERATOR.is(chart)) {
            return merged(gpuStack().map(GpuOperatorValues::of).orElse(Map.of()), chart.values());
        }
        if (KnownChart.CLUSTER_AUTOSCALER.is(chart)) {
            return merged(autoscaler, chart.values());
        }
        return spec.osmo()
                .filter(osmo -> osmo.release().isPresent() && isOperator(osmo, chart))
                .map(osmo -> merged(operator().operator(), chart.values()))
                .orElseGet(chart::values);
    }

    private OsmoValues operator() {
        return OsmoValues.of(spec, service, ranges);
    }

    /** Who brings the software of the GPU nodes; empty without GPU nodes, or if it is not known. */
    Optional<GpuStack> gpuStack() {
        return spec.pools().stream().anyMatch(pool -> pool.role() == PoolRole.GPU)
                ? service.gpuStack(spec)
                : Optional.empty();
    }

    private static boolean isOperator(OsmoService osmo, Chart chart) {
        return chart.name().equals(osmo.helmRelease()) && chart.namespace().equals(osmo.operatorNamespace());
    }

    private static Map<String, @Nullable Object> merged(Map<String, ?> below, Map<String, ?> above) {
        Map<String, @Nullable Object> merged = new LinkedHashMap<>(below);
        above.forEach((key, value) -> merged.put(key, merged(merged.get(key), value)));
        return merged;
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Object merged(@Nullable Object below, @Nullable Object above) {
        return below instanceof Map<?, ?> under && above instanceof Map<?, ?> over
                ? merged((Map<String, ?>) under, (Map<String, ?>) over)
                : above;
    }
}
