// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp;

/**
 * Who installs the NVIDIA driver and the device plugin. There must be exactly one: two device plugins on one node take turns
 * in registering the GPUs.
 */
public enum GpuDriver {
    /** The GPU Operator: GKE installs neither driver nor device plugin. */
    GPU_OPERATOR,
    /** GKE, with the newest driver for the node version. */
    GKE_LATEST,
    /** GKE, with the driver that it considers the default for the node version. */
    GKE_DEFAULT
}
