// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

/** What happens when the cloud has a newer image for the nodes of the same Kubernetes version. */
public enum NodeImages {
    /** Nodes keep the image that they have; the plan warns about newer ones. */
    KEEP,
    /** The plan rolls the nodes to the newest image. */
    LATEST
}
