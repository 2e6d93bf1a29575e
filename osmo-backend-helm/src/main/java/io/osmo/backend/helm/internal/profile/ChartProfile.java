// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.helm.internal.profile;

import io.osmo.backend.helm.internal.chart.ChartMetadata;
import io.osmo.backend.helm.internal.chart.Hook;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one chart: how it is installed without running its hooks. A chart without hooks needs no profile, such as OSMO's
 * {@code backend-operator} and the compute plane of {@code osmo}.
 */
public abstract class ChartProfile {
    ChartProfile() {}

    /** The profile of a chart; one that knows nothing if there is none. */
    public static ChartProfile of(ChartMetadata chart) {
        return Stream.of(new KaiScheduler(chart), new GpuOperator(chart))
                .filter(ChartProfile::applies)
                .findFirst()
                .orElseGet(Unknown::new);
    }

    /** Whether this is the chart that it was made for. */
    abstract boolean applies();

    /** Values that switch hooks off. Those of the spec win. */
    abstract Map<String, ?> values();

    /** Whether what a hook does is done in another way, or is not needed. */
    public abstract boolean makesNeedless(Hook hook);

    /** What hooks would create, as YAML documents; it becomes part of the release. */
    public List<String> objects(List<Hook> hooks) {
        return List.of();
    }

    /** The values of this profile, overridden by others. */
    public final Map<String, @Nullable Object> under(Map<String, @Nullable Object> others) {
        return merged(values(), others);
    }

    private static Map<String, @Nullable Object> merged(Map<?, ?> below, Map<?, ?> above) {
        Map<String, @Nullable Object> merged = new LinkedHashMap<>();
        below.forEach((key, value) -> merged.put(String.valueOf(key), value));
        above.forEach((key, value) -> {
            Object lower = merged.get(String.valueOf(key));
            Object both =
                    lower instanceof Map<?, ?> one && value instanceof Map<?, ?> other ? merged(one, other) : value;
            merged.put(String.valueOf(key), both);
        });
        return Collections.unmodifiableMap(merged);
    }

    private static final class Unknown extends ChartProfile {
        @Override
        boolean applies() {
            return true;
        }

        @Override
        Map<String, ?> values() {
            return Map.of();
        }

        @Override
        public boolean makesNeedless(Hook hook) {
            return false;
        }
    }
}
