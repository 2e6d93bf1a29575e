// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure;

/** Who installs the NVIDIA driver on GPU nodes. AKS cannot change this after a pool has been created. */
public enum GpuDriver {
    /** NVIDIA's GPU Operator. AKS installs no driver ({@code gpuProfile.driver=None}). */
    GPU_OPERATOR("None"),
    /** AKS, with its node image. The GPU Operator must then not install the driver. */
    AKS("Install");

    private final String aks;

    GpuDriver(String aks) {
        this.aks = aks;
    }

    /** Value of {@code gpuProfile.driver}. */
    public String aks() {
        return aks;
    }
}
