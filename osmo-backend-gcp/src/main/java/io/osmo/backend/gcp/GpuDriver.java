// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp;

/**
 * Who installs the NVIDIA driver and the device plugin. Exactly one party must do so: two device plugins on one node alternately
 * register the GPUs.
 */
public enum GpuDriver {
    /** NVIDIA's GPU Operator. GKE installs neither the driver nor the device plugin. */
    GPU_OPERATOR,
    /** GKE, with the latest driver for the node version. */
    GKE_LATEST,
    /** GKE, with its default driver for the node version. */
    GKE_DEFAULT
}
