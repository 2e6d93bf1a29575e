// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp;

/**
 * Who installs the NVIDIA driver and the device plugin. There must be exactly one installer: two device plugins on one node take
 * turns registering the GPUs.
 */
public enum GpuDriver {
    /** The GPU Operator: GKE installs neither driver nor device plugin. */
    GPU_OPERATOR,
    /** GKE, with the latest driver for the node version. */
    GKE_LATEST,
    /** GKE, with its default driver for the node version. */
    GKE_DEFAULT
}
