// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.compute;

import com.google.cloud.compute.v1.AcceleratorConfig;
import com.google.cloud.compute.v1.Disk;
import com.google.cloud.compute.v1.Instance;
import io.osmo.backend.testkit.internal.gcp.GcpQuotas;
import io.osmo.backend.testkit.internal.gcp.ResourceNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How much of each quota the running instances use. */
public final class QuotaUsage {
    private final ComputeResources resources;

    QuotaUsage(ComputeResources resources) {
        this.resources = resources;
    }

    /**
     * What one machine counts toward quotas.
     *
     * @param accelerators count by type
     * @param diskType of its boot disk
     */
    public record Demand(
            MachineFacts machine, Map<String, Long> accelerators, boolean spot, String diskType, long diskGb) {
        /** The metrics that it counts toward. */
        public List<String> metrics() {
            List<String> metrics = new ArrayList<>(List.of(GcpQuotas.ALL_CPUS));
            if (!machine.quota().isEmpty()) {
                metrics.add(machine.quota());
            }
            accelerators.keySet().forEach(type -> metrics.add(metric(type)));
            if (!accelerators.isEmpty()) {
                metrics.add(GcpQuotas.ALL_GPUS);
            }
            if (diskType.startsWith("pd-")) {
                metrics.add(disk());
            }
            return metrics;
        }

        public double of(String metric) {
            if (metric.equals(machine.quota()) || metric.equals(GcpQuotas.ALL_CPUS)) {
                return machine.cpus();
            }
            if (metric.equals(disk())) {
                return diskType.startsWith("pd-") ? diskGb : 0;
            }
            if (metric.equals(GcpQuotas.ALL_GPUS)) {
                return accelerators.values().stream().mapToLong(Long::longValue).sum();
            }
            double sum = 0;
            for (Map.Entry<String, Long> accelerator : accelerators.entrySet()) {
                sum += metric(accelerator.getKey()).equals(metric) ? accelerator.getValue() : 0;
            }
            return sum;
        }

        private String disk() {
            return diskType.equals("pd-standard") ? GcpQuotas.DISKS : GcpQuotas.SSD;
        }

        private String metric(String type) {
            return (spot ? "PREEMPTIBLE_" : "") + MachineFacts.accelerator(type).quota();
        }
    }

    /** How much of a metric the instances of a region use; of CPUs and GPUs altogether, those of all regions. */
    public double used(String region, String metric) {
        return GcpQuotas.isOfAllRegions(metric) ? used(metric) : sum("/zones/" + region + "-", metric);
    }

    /** How much of a metric the whole project uses. */
    public double used(String metric) {
        return GcpQuotas.isOfAllRegions(metric)
                ? sum("/zones/", metric)
                : resources.all(metric.toLowerCase(Locale.ROOT)).size();
    }

    private double sum(String where, String metric) {
        return resources.all("instances").entrySet().stream()
                .filter(e -> e.getKey().contains(where))
                .mapToDouble(e -> demand(e.getKey(), (Instance) e.getValue()).of(metric))
                .sum();
    }

    private Demand demand(String path, Instance instance) {
        Optional<Disk> disk =
                resources.find(path.replace("/instances/", "/disks/")).map(found -> (Disk) found);
        Map<String, Long> accelerators = new TreeMap<>();
        for (AcceleratorConfig accelerator : instance.getGuestAcceleratorsList()) {
            accelerators.put(
                    ResourceNames.last(accelerator.getAcceleratorType()), (long) accelerator.getAcceleratorCount());
        }
        return new Demand(
                MachineFacts.get(ResourceNames.last(instance.getMachineType())),
                accelerators,
                instance.getScheduling().getProvisioningModel().equals("SPOT"),
                disk.map(found -> ResourceNames.last(found.getType())).orElse(""),
                disk.map(Disk::getSizeGb).orElse(0L));
    }
}
