// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.preflight;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spi.provider.quota.Quota;
import io.osmo.backend.spi.provider.quota.QuotaBook;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Quotas of a region and of the whole project, by metric.
 *
 * @param region as {@code compute.regions.get} lists them
 * @param whole as {@code compute.projects.get} lists them
 */
record GcpQuotaBook(
        String project,
        String regionName,
        Fact<Map<String, com.google.cloud.compute.v1.Quota>> region,
        Fact<Map<String, JsonNode>> whole)
        implements QuotaBook {
    /** GPUs of all models in all regions: cloud.google.com/compute/resource-usage#gpu_quota. */
    static final String ALL_GPUS = "GPUS_ALL_REGIONS";

    /** CPUs of all families in all regions, which projects have that are new. */
    static final String ALL_CPUS = "CPUS_ALL_REGIONS";

    private static final Set<String> OF_PROJECT = Set.of(ALL_GPUS, ALL_CPUS, "NETWORKS", "SUBNETWORKS", "ROUTERS");

    /** What the region lists; nothing when it could not be read. */
    Map<String, com.google.cloud.compute.v1.Quota> ofRegion() {
        return region.known().orElse(Map.of());
    }

    /** What the project lists; nothing when it could not be read. */
    Map<String, JsonNode> ofProject() {
        return whole.known().orElse(Map.of());
    }

    @Override
    public Quota of(String metric) {
        String askAt = "IAM & Admin > Quotas of project " + project + " (metric " + metric + ")";
        if (OF_PROJECT.contains(metric)) {
            Fact<JsonNode> quota = found(whole, metric, "compute.projects.get");
            return new Quota(
                    metric,
                    what(metric),
                    "all regions",
                    quota.map(each -> each.path("limit").asLong()),
                    quota.map(each -> (long) Math.ceil(each.path("usage").asDouble())),
                    askAt);
        }
        Fact<com.google.cloud.compute.v1.Quota> quota = found(region, metric, "compute.regions.get");
        return new Quota(
                metric,
                what(metric),
                regionName,
                quota.map(each -> (long) each.getLimit()),
                quota.map(each -> (long) Math.ceil(each.getUsage())),
                askAt);
    }

    private static <T> Fact<T> found(Fact<Map<String, T>> all, String metric, String call) {
        return all.flatMap(quotas -> {
            T quota = quotas.get(metric);
            return quota == null
                    ? Fact.unknown(
                            call + " lists no such quota; newer GPUs have quotas for each family, which it leaves out")
                    : Fact.of(quota);
        });
    }

    /** {@code NVIDIA A100 80GB GPUs} of {@code NVIDIA_A100_80GB_GPUS}. */
    private static String what(String metric) {
        return switch (metric) {
            case ALL_GPUS -> "GPUs";
            case ALL_CPUS -> "CPUs";
            case "CPUS" -> "CPUs of shared families";
            case "SSD_TOTAL_GB" -> "GB of SSD persistent disks";
            case "DISKS_TOTAL_GB" -> "GB of standard persistent disks";
            case "NETWORKS", "SUBNETWORKS", "ROUTERS" -> metric.toLowerCase(Locale.ROOT);
            default ->
                metric.replace("PREEMPTIBLE", "preemptible")
                        .replace("_GPUS", "_GPUs")
                        .replace("_CPUS", "_CPUs")
                        .replace('_', ' ');
        };
    }
}
