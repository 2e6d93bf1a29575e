// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws;

/** What EKS does with a cluster when standard support for its Kubernetes version ends. The names are those of the EKS API. */
public enum SupportType {
    /** EKS upgrades the control plane at the end of standard support. */
    STANDARD,
    /** The cluster stays on its version through extended support, at a multiple of the hourly price. */
    EXTENDED
}
