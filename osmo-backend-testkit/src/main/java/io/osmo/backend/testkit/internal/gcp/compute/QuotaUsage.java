// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.compute;

import com.google.cloud.compute.v1.AcceleratorConfig;
import com.google.cloud.compute.v1.Instance;
import io.osmo.backend.testkit.internal.gcp.ResourceNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How much of each quota the running instances use. */
public final class QuotaUsage {
    private final ComputeResources resources;

    QuotaUsage(ComputeResources resources) {
        this.resources = resources;
    }

    /**
     * What one machine counts towards quotas.
     *
     * @param accelerators count by type
     */
    public record Demand(MachineFacts machine, Map<String, Long> accelerators, boolean spot) {
        /** The metrics that it counts towards. */
        public List<String> metrics() {
            List<String> metrics = new ArrayList<>();
            if (!machine.quota().isEmpty()) {
                metrics.add(machine.quota());
            }
            accelerators.keySet().forEach(type -> metrics.add(metric(type)));
            return metrics;
        }

        public double of(String metric) {
            if (metric.equals(machine.quota())) {
                return machine.cpus();
            }
            double sum = 0;
            for (Map.Entry<String, Long> accelerator : accelerators.entrySet()) {
                sum += metric(accelerator.getKey()).equals(metric) ? accelerator.getValue() : 0;
            }
            return sum;
        }

        private String metric(String type) {
            return (spot ? "PREEMPTIBLE_" : "") + MachineFacts.accelerator(type).quota();
        }
    }

    /** How much of a metric the instances of a region use. */
    public double used(String region, String metric) {
        return resources.all("instances").entrySet().stream()
                .filter(e -> e.getKey().contains("/zones/" + region + "-"))
                .mapToDouble(e -> demand((Instance) e.getValue()).of(metric))
                .sum();
    }

    private static Demand demand(Instance instance) {
        Map<String, Long> accelerators = new TreeMap<>();
        for (AcceleratorConfig accelerator : instance.getGuestAcceleratorsList()) {
            accelerators.put(
                    ResourceNames.last(accelerator.getAcceleratorType()), (long) accelerator.getAcceleratorCount());
        }
        return new Demand(
                MachineFacts.get(ResourceNames.last(instance.getMachineType())),
                accelerators,
                instance.getScheduling().getProvisioningModel().equals("SPOT"));
    }
}
