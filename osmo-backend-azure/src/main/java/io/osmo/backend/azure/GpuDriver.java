// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure;

/** Who installs the NVIDIA driver on GPU nodes. AKS cannot change it after a pool was created. */
public enum GpuDriver {
    /** NVIDIA's GPU Operator: AKS leaves the driver out ({@code gpuProfile.driver=None}). */
    GPU_OPERATOR("None"),
    /** AKS, with its node image: the GPU Operator must then leave the driver out. */
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
