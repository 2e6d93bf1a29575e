// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.chart;

import io.osmo.backend.cluster.AddressRanges;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Chart;
import io.osmo.backend.spec.OsmoService;
import io.osmo.backend.values.GpuOperatorValues;
import io.osmo.backend.values.OsmoValues;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Values of the charts of a spec: those that follow from the spec and its cluster, below those that the chart has in the spec.
 *
 * @param ranges of the cluster, or of the one that the spec will make; empty when they are not known
 */
public record ChartValues(BackendSpec spec, Optional<AddressRanges> ranges) {
    /** The end of a location, with or without a version. */
    private static final Pattern GPU_OPERATOR =
            Pattern.compile("(?:^|[/\\\\])gpu-operator(?:-v?\\d[^/\\\\]*)?[/\\\\]?$");

    Map<String, @Nullable Object> of(Chart chart) {
        if (isGpuOperator(chart)) {
            return merged(GpuOperatorValues.of(spec), chart.values());
        }
        return spec.osmo()
                .filter(osmo -> osmo.release().isPresent() && isOperator(osmo, chart))
                .map(osmo -> merged(operator().operator(), chart.values()))
                .orElseGet(chart::values);
    }

    private OsmoValues operator() {
        return ranges.map(known -> OsmoValues.of(spec, known)).orElseGet(() -> OsmoValues.of(spec));
    }

    static boolean isGpuOperator(Chart chart) {
        return chart.chart()
                .map("gpu-operator"::equals)
                .orElseGet(() -> GPU_OPERATOR.matcher(chart.location()).find());
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
