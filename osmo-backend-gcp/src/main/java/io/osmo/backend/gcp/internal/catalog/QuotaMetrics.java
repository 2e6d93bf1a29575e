// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.catalog;

import com.google.cloud.compute.v1.Quota;
import com.google.container.v1.NodeConfig;
import io.osmo.backend.gcp.internal.GcpContext;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The metrics that machines count to, of <a href="https://cloud.google.com/compute/resource-usage">allocation quotas</a>: CPUs of a
 * family, GPUs of a model, and preemptible ones apart. Which metrics there are differs between regions and projects.
 */
public final class QuotaMetrics {
    /** Families of which the CPUs count to the quota of all CPUs. */
    private static final Set<String> SHARED = Set.of("e2", "n1", "f1", "g1");

    private static final String PREEMPTIBLE = "PREEMPTIBLE_";

    private QuotaMetrics() {}

    /** All quotas of the region by metric. */
    public static CompletableFuture<Map<String, Quota>> read(GcpContext context) {
        return context.async(
                "compute.regions.get",
                () -> context.clients().regions().get(context.project(), context.region()).getQuotasList().stream()
                        .collect(Collectors.toMap(Quota::getMetric, quota -> quota, (one, other) -> one)));
    }

    /**
     * What one machine counts to, by metric.
     *
     * @param machine what is known of the type; empty when the region does not sell it
     * @param accelerators count by type, attached or built in; empty to take the built-in ones from the type
     * @param listed quotas of the region
     */
    public static Map<String, Long> draws(
            String type,
            Optional<Machine> machine,
            Map<String, Long> accelerators,
            boolean spot,
            Map<String, Quota> listed) {
        Map<String, Long> draws = new HashMap<>();
        accelerators.forEach((model, count) -> draws.merge(gpus(spot, model, listed), count, Long::sum));
        machine.ifPresent(known -> {
            String cpus = cpus(type, spot, listed);
            // Machines that come with accelerators have a quota of CPUs in some families only.
            if (known.gpus() == 0 || listed.containsKey(cpus)) {
                draws.put(cpus, (long) known.vcpus());
            }
            if (known.gpus() > 0 && accelerators.isEmpty()) {
                draws.put(gpus(spot, known.accelerator().orElse(""), listed), (long) known.gpus());
            }
        });
        return draws;
    }

    /** What one existing node counts to, by metric; the number of its CPUs is in the name of its type. */
    public static Map<String, Long> draws(NodeConfig config, Map<String, Quota> listed) {
        Map<String, Long> accelerators = new HashMap<>();
        config.getAcceleratorsList()
                .forEach(each -> accelerators.merge(each.getAcceleratorType(), each.getAcceleratorCount(), Long::sum));
        String digits = config.getMachineType().replaceFirst("^.*-(\\d+)g?$", "$1");
        Optional<Machine> machine =
                digits.matches("\\d{1,4}") && !config.getMachineType().endsWith("g")
                        ? Optional.of(new Machine(
                                config.getMachineType(), Integer.parseInt(digits), 0, Optional.empty(), 0, "amd64", 0))
                        : Optional.empty();
        return draws(config.getMachineType(), machine, accelerators, config.getSpot(), listed);
    }

    private static String cpus(String type, boolean spot, Map<String, Quota> listed) {
        String preemptible = PREEMPTIBLE + "CPUS";
        Quota quota = listed.get(preemptible);
        if (spot && quota != null && quota.getLimit() > 0) {
            return preemptible;
        }
        String family = type.replaceFirst("-.*", "");
        return SHARED.contains(family) ? "CPUS" : family.toUpperCase(Locale.ROOT) + "_CPUS";
    }

    /** Names of metrics follow those of accelerators, mostly without the size of their memory. */
    private static String gpus(boolean spot, String accelerator, Map<String, Quota> listed) {
        String model = accelerator
                .replaceFirst("^nvidia-(tesla-)?", "")
                .toUpperCase(Locale.ROOT)
                .replace('-', '_');
        String prefix = (spot ? PREEMPTIBLE : "") + "NVIDIA_";
        String full = prefix + model + "_GPUS";
        return Stream.of(full, prefix + model.replaceFirst("_\\d+GB$", "") + "_GPUS")
                .filter(listed::containsKey)
                .findFirst()
                .orElse(full);
    }

    /** The metric of a type of disk, in GB; empty for types that have quotas of their own. */
    public static Optional<String> disk(String type) {
        return switch (type) {
            case "pd-ssd", "pd-balanced" -> Optional.of("SSD_TOTAL_GB");
            case "pd-standard" -> Optional.of("DISKS_TOTAL_GB");
            default -> Optional.empty();
        };
    }
}
