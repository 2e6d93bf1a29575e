// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.chart;

import io.osmo.backend.spec.Chart;
import io.osmo.backend.spec.Secret;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A chart to render.
 *
 * @param chart location of the chart, and its release
 * @param values all values: those derived from the spec, overridden by those of the chart
 * @param kubernetesVersion version of the cluster, such as {@code 1.33.4}
 * @param kubeconfig content of a kubeconfig of the cluster, for {@code lookup}; empty if there is no cluster yet
 * @param deadline how long fetching and rendering may take
 */
public record ChartRequest(
        Chart chart,
        Map<String, @Nullable Object> values,
        String kubernetesVersion,
        Optional<Secret> kubeconfig,
        Duration deadline) {
    public ChartRequest {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
}
