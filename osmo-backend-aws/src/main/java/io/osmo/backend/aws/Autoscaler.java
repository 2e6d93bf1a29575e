// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws;

/** What scales the pools of an EKS backend between their bounds (CN-2, OP-3). */
public enum Autoscaler {
    /** Cluster Autoscaler, installed into {@code kube-system} with a Pod Identity role. */
    CLUSTER_AUTOSCALER,
    /**
     * Cluster Autoscaler as a chart of the spec, {@code cluster-autoscaler} in {@code kube-system}, with values derived from the spec. Its
     * service account, its Pod Identity role and the tags of the groups are created as for {@link #CLUSTER_AUTOSCALER}.
     */
    CHART,
    /** Nothing is installed: the host installs its own, or sets the sizes of the pools itself. */
    NONE
}
