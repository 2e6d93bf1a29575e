// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.container;

import com.google.container.v1.AcceleratorConfig;
import com.google.container.v1.GPUDriverInstallationConfig;
import com.google.container.v1.GPUDriverInstallationConfig.GPUDriverVersion;
import com.google.container.v1.NodeConfig;
import com.google.container.v1.NodePool;
import com.google.container.v1.NodeTaint;
import io.osmo.backend.testkit.internal.gcp.GcpError;
import io.osmo.backend.testkit.internal.gcp.compute.MachineFacts;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Accelerators of node pools. */
final class Accelerators {
    private static final String TAINT = "nvidia.com/gpu";

    private Accelerators() {}

    /** Count by type. */
    static Map<String, Long> of(NodePool pool) {
        Map<String, Long> accelerators = new TreeMap<>();
        for (AcceleratorConfig accelerator : pool.getConfig().getAcceleratorsList()) {
            accelerators.merge(accelerator.getAcceleratorType(), accelerator.getAcceleratorCount(), Long::sum);
        }
        return accelerators;
    }

    /** Fills in built-in accelerators. Others must fit the machine and be sold in the pool's zones. */
    static void complete(NodeConfig.Builder config, MachineFacts machine, List<String> zones) {
        if (config.getAcceleratorsCount() == 0 && machine.gpuType() != null) {
            config.addAccelerators(AcceleratorConfig.newBuilder()
                    .setAcceleratorType(machine.gpuType())
                    .setAcceleratorCount(machine.gpus()));
        }
        config.getAcceleratorsList().forEach(accelerator -> check(accelerator, machine, zones));
        // Since 1.30.1-gke.1156000, a driver is installed unless the caller says otherwise.
        for (AcceleratorConfig.Builder accelerator : config.getAcceleratorsBuilderList()) {
            GPUDriverInstallationConfig.Builder driver = accelerator.getGpuDriverInstallationConfigBuilder();
            if (driver.getGpuDriverVersion() == GPUDriverVersion.GPU_DRIVER_VERSION_UNSPECIFIED) {
                driver.setGpuDriverVersion(GPUDriverVersion.DEFAULT);
            }
        }
    }

    private static void check(AcceleratorConfig accelerator, MachineFacts machine, List<String> zones) {
        String type = accelerator.getAcceleratorType();
        long count = accelerator.getAcceleratorCount();
        MachineFacts.Gpu gpu = MachineFacts.accelerators().get(type);
        if (gpu == null) {
            throw GcpError.invalid("Accelerator type \"" + type + "\" does not exist.");
        }
        boolean builtIn = Objects.equals(machine.gpuType(), type) && machine.gpus() == count;
        boolean attached = gpu.attachable() && machine.name().startsWith("n1-");
        if (!builtIn && !attached) {
            throw GcpError.invalid("Accelerator type \"" + type + "\" with count " + count
                    + " is not supported with machine type \"" + machine.name() + "\".");
        }
        if (attached && (count > gpu.perMachine() || Long.bitCount(count) != 1)) {
            throw GcpError.invalid("Accelerator count " + count + " is not allowed for \"" + type
                    + "\": a power of two up to " + gpu.perMachine() + " is.");
        }
        for (String zone : zones) {
            if (!gpu.isSoldIn(zone)) {
                throw GcpError.invalid("Accelerator type \"" + type + "\" does not exist in zone " + zone + ".");
            }
        }
    }

    /** GKE taints nodes with GPUs as long as there is a pool without GPUs, where system pods can run. */
    static void addTaint(NodeConfig.Builder config, List<NodePool> all) {
        boolean tainted =
                config.getTaintsList().stream().anyMatch(taint -> taint.getKey().equals(TAINT));
        if (config.getAcceleratorsCount() > 0 && !tainted && all.stream().anyMatch(pool -> !hasGpus(pool))) {
            config.addTaints(
                    NodeTaint.newBuilder().setKey(TAINT).setValue("present").setEffect(NodeTaint.Effect.NO_SCHEDULE));
        }
    }

    private static boolean hasGpus(NodePool pool) {
        return pool.getConfig().getAcceleratorsCount() > 0
                || MachineFacts.find(pool.getConfig().getMachineType())
                        .filter(machine -> machine.gpuType() != null)
                        .isPresent();
    }

    /** GKE runs its own device plugin where it installs the driver, unless a label of the pool prevents that. */
    static boolean advertisedByGke(NodeConfig config) {
        return config.getAcceleratorsCount() > 0
                && config.getAcceleratorsList().stream()
                        .noneMatch(accelerator -> driver(accelerator) == GPUDriverVersion.INSTALLATION_DISABLED)
                && !"true".equals(config.getLabelsMap().get("gke-no-default-nvidia-gpu-device-plugin"));
    }

    static GPUDriverVersion driver(AcceleratorConfig accelerator) {
        return accelerator.getGpuDriverInstallationConfig().getGpuDriverVersion();
    }
}
