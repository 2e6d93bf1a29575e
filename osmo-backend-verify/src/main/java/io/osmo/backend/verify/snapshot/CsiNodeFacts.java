// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import java.util.List;

/**
 * The storage drivers that have registered on a node.
 *
 * @param node name of the node
 * @param drivers such as {@code nfs.csi.k8s.io}
 */
public record CsiNodeFacts(String node, List<String> drivers) {
    public CsiNodeFacts {
        drivers = List.copyOf(drivers);
    }
}
