// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws;

/** What EKS does with a cluster at the end of standard support of its Kubernetes version; the names are those of EKS. */
public enum SupportType {
    /** EKS upgrades the control plane at the end of standard support. */
    STANDARD,
    /** The cluster stays on its version through extended support, at a multiple of the hourly price. */
    EXTENDED
}
