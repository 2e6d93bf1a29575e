// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.pool;

import io.osmo.backend.azure.GpuDriver;
import io.osmo.backend.cluster.GpuStack;
import io.osmo.backend.cluster.GpuStack.Owner;
import io.osmo.backend.cluster.GpuStack.Part;

/**
 * What AKS brings to GPU nodes.
 *
 * @see <a href="https://docs.nvidia.com/datacenter/cloud-native/gpu-operator/latest/microsoft-aks.html">GPU Operator on AKS</a>
 */
public final class AksGpuStack {
    private AksGpuStack() {}

    /** By {@code gpuProfile.driver}: AKS installs the driver, and configures containerd for it, unless that is {@code None}. */
    public static GpuStack of(String driver) {
        return driver.equalsIgnoreCase(GpuDriver.GPU_OPERATOR.aks())
                ? GpuStack.ofOperator()
                : GpuStack.of(Owner.SERVICE, Part.DRIVER, Part.TOOLKIT).withRuntimeHandler("nvidia-container-runtime");
    }
}
