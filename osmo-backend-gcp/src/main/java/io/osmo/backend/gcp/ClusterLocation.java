// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp;

/** Where the control plane of a cluster runs. */
public enum ClusterLocation {
    /** In three zones of the region. */
    REGIONAL,
    /** In one zone, the first of the network's zones: cheaper, but not reachable during upgrades. */
    ZONAL
}
