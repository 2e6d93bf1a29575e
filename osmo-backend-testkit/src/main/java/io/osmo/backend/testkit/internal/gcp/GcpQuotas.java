// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp;

import com.google.cloud.compute.v1.Quota;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** Default limits by metric, as {@code regions.get} shows them; new projects get none of the most expensive GPUs. */
public final class GcpQuotas {
    public static final String NETWORKS = "NETWORKS";
    public static final String ROUTERS = "ROUTERS";
    public static final String SUBNETWORKS = "SUBNETWORKS";
    public static final String ALL_GPUS = "GPUS_ALL_REGIONS";
    public static final String ALL_CPUS = "CPUS_ALL_REGIONS";
    public static final String SSD = "SSD_TOTAL_GB";
    public static final String DISKS = "DISKS_TOTAL_GB";
    public static final String CPUS = "CPUS";

    /** What counts in the whole project, as {@code projects.get} shows it. */
    private static final List<String> OF_PROJECT = List.of(NETWORKS, SUBNETWORKS, ROUTERS, ALL_GPUS, ALL_CPUS);

    private static final Map<String, Double> DEFAULTS = Map.ofEntries(
            Map.entry(NETWORKS, 15.0),
            Map.entry(ROUTERS, 20.0),
            Map.entry(SUBNETWORKS, 275.0),
            Map.entry(ALL_GPUS, 512.0),
            Map.entry(ALL_CPUS, 10_000.0),
            Map.entry(CPUS, 2_400.0),
            Map.entry("N2_CPUS", 1_000.0),
            Map.entry("N2D_CPUS", 1_000.0),
            Map.entry("C3_CPUS", 1_000.0),
            Map.entry("C2_CPUS", 600.0),
            Map.entry("A2_CPUS", 384.0),
            Map.entry(SSD, 81_920.0),
            Map.entry(DISKS, 102_400.0),
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

    /** Whether machines of all regions count to it together. */
    public static boolean isOfAllRegions(String metric) {
        return metric.equals(ALL_GPUS) || metric.equals(ALL_CPUS);
    }

    public static double defaultValue(String metric) {
        Double value = DEFAULTS.get(metric);
        if (value == null) {
            throw new IllegalArgumentException("no such quota: " + metric);
        }
        return value;
    }

    /** The quotas of a region and how much of each is used. */
    public static List<Quota> ofRegion(GcpProject project, ToDoubleFunction<String> usage) {
        return new TreeMap<>(DEFAULTS)
                .keySet().stream()
                        .filter(metric -> !OF_PROJECT.contains(metric))
                        .map(metric -> quota(project, metric, usage))
                        .toList();
    }

    /** The quotas of the project and how much of each is used. */
    public static List<Quota> ofProject(GcpProject project, ToDoubleFunction<String> usage) {
        return OF_PROJECT.stream().map(metric -> quota(project, metric, usage)).toList();
    }

    private static Quota quota(GcpProject project, String metric, ToDoubleFunction<String> usage) {
        return Quota.newBuilder()
                .setMetric(metric)
                .setLimit(project.quota(metric))
                .setUsage(usage.applyAsDouble(metric))
                .build();
    }
}
