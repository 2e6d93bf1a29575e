// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp;

import com.google.cloud.compute.v1.Quota;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** Default limits by metric, as {@code regions.get} shows them; new projects get none of the most expensive GPUs. */
public final class GcpQuotas {
    public static final String NETWORKS = "NETWORKS";
    public static final String ROUTERS = "ROUTERS";
    public static final String CPUS = "CPUS";

    private static final Map<String, Double> DEFAULTS = Map.ofEntries(
            Map.entry(NETWORKS, 15.0),
            Map.entry(ROUTERS, 20.0),
            Map.entry(CPUS, 2_400.0),
            Map.entry("N2_CPUS", 1_000.0),
            Map.entry("N2D_CPUS", 1_000.0),
            Map.entry("C3_CPUS", 1_000.0),
            Map.entry("C2_CPUS", 600.0),
            Map.entry("A2_CPUS", 384.0),
            Map.entry("SSD_TOTAL_GB", 81_920.0),
            Map.entry("DISKS_TOTAL_GB", 102_400.0),
            Map.entry("IN_USE_ADDRESSES", 500.0),
            Map.entry("STATIC_ADDRESSES", 700.0),
            Map.entry("NVIDIA_T4_GPUS", 64.0),
            Map.entry("NVIDIA_L4_GPUS", 64.0),
            Map.entry("NVIDIA_V100_GPUS", 16.0),
            Map.entry("NVIDIA_A100_GPUS", 32.0),
            Map.entry("NVIDIA_A100_80GB_GPUS", 32.0),
            Map.entry("NVIDIA_H100_GPUS", 64.0),
            Map.entry("NVIDIA_H200_GPUS", 64.0),
            Map.entry("NVIDIA_B200_GPUS", 0.0),
            Map.entry("PREEMPTIBLE_NVIDIA_T4_GPUS", 64.0),
            Map.entry("PREEMPTIBLE_NVIDIA_L4_GPUS", 64.0),
            Map.entry("PREEMPTIBLE_NVIDIA_V100_GPUS", 16.0),
            Map.entry("PREEMPTIBLE_NVIDIA_A100_GPUS", 32.0),
            Map.entry("PREEMPTIBLE_NVIDIA_A100_80GB_GPUS", 32.0),
            Map.entry("PREEMPTIBLE_NVIDIA_H100_GPUS", 64.0),
            Map.entry("PREEMPTIBLE_NVIDIA_H200_GPUS", 64.0),
            Map.entry("PREEMPTIBLE_NVIDIA_B200_GPUS", 0.0));

    private GcpQuotas() {}

    public static double defaultValue(String metric) {
        Double value = DEFAULTS.get(metric);
        if (value == null) {
            throw new IllegalArgumentException("no such quota: " + metric);
        }
        return value;
    }

    /** The quotas of a region and how much of each is used. */
    public static List<Quota> ofRegion(GcpProject project, ToDoubleFunction<String> usage) {
        List<Quota> quotas = new ArrayList<>();
        for (String metric : new TreeMap<>(DEFAULTS).keySet()) {
            if (!metric.equals(NETWORKS) && !metric.equals(ROUTERS)) {
                quotas.add(Quota.newBuilder()
                        .setMetric(metric)
                        .setLimit(project.quota(metric))
                        .setUsage(usage.applyAsDouble(metric))
                        .build());
            }
        }
        return quotas;
    }
}
