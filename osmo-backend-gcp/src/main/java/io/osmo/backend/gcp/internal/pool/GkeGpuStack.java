// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.pool;

import com.google.container.v1.AcceleratorConfig;
import com.google.container.v1.GPUDriverInstallationConfig.GPUDriverVersion;
import com.google.container.v1.NodeConfig;
import io.osmo.backend.cluster.GpuStack;
import io.osmo.backend.cluster.GpuStack.Owner;
import io.osmo.backend.cluster.GpuStack.Part;
import io.osmo.backend.gcp.GpuDriver;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What GKE brings to GPU nodes.
 *
 * @see <a href="https://cloud.google.com/kubernetes-engine/docs/how-to/gpus#installing_drivers">drivers that GKE installs</a>
 * @see <a href="https://docs.nvidia.com/datacenter/cloud-native/gpu-operator/latest/google-gke.html">GPU Operator on GKE</a>
 */
public final class GkeGpuStack {
    /** Tells GKE to leave the device plugin to the GPU Operator. */
    static final String NO_DEVICE_PLUGIN = "gke-no-default-nvidia-gpu-device-plugin";

    private static final String DRIVER_FOLDER = "/home/kubernetes/bin/nvidia";

    private GkeGpuStack() {}

    /** As the settings of a backend ask for it. */
    static GpuStack of(GpuDriver driver) {
        return driver == GpuDriver.GPU_OPERATOR ? GpuStack.ofOperator() : of(true, true);
    }

    /** The GPU stack of a node pool. GKE installs both driver and device plugin unless the pool says otherwise. */
    public static GpuStack of(NodeConfig config) {
        return of(
                config.getAcceleratorsList().stream()
                        .map(AcceleratorConfig::getGpuDriverInstallationConfig)
                        .anyMatch(asked -> asked.getGpuDriverVersion() != GPUDriverVersion.INSTALLATION_DISABLED),
                config.getAcceleratorsCount() > 0
                        && !"true".equals(config.getLabelsMap().get(NO_DEVICE_PLUGIN)));
    }

    private static GpuStack of(boolean driver, boolean plugin) {
        Map<Part, Owner> owners = new EnumMap<>(Part.class);
        if (driver) {
            owners.put(Part.DRIVER, Owner.SERVICE);
        }
        if (plugin) {
            owners.put(Part.DEVICE_PLUGIN, Owner.SERVICE);
        }
        return new GpuStack(owners, driver ? Optional.of(DRIVER_FOLDER) : Optional.empty(), Optional.empty());
    }
}
