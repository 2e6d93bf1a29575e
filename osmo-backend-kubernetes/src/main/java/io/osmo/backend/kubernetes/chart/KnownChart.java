// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.chart;

import io.osmo.backend.spec.Chart;
import java.util.regex.Pattern;

/**
 * Charts that a plan knows: it derives values for them, or knows what else installs the same. A chart is recognized by its name in a
 * repository, or by the end of its location.
 */
public enum KnownChart {
    GPU_OPERATOR("gpu-operator"),
    /** The device plugin alone, without the GPU Operator. */
    DEVICE_PLUGIN("nvidia-device-plugin"),
    CLUSTER_AUTOSCALER("cluster-autoscaler");

    private final String name;

    /** With or without a version. */
    private final Pattern location;

    KnownChart(String name) {
        this.name = name;
        this.location = Pattern.compile("(?:^|[/\\\\])" + name + "(?:-v?\\d[^/\\\\]*)?[/\\\\]?$");
    }

    public boolean is(Chart chart) {
        return chart.chart()
                .map(name::equals)
                .orElseGet(() -> location.matcher(chart.location()).find());
    }
}
