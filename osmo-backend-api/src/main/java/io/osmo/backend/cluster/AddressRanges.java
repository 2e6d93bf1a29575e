// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.cluster;

import java.util.List;
import java.util.Optional;

/**
 * Address ranges of a cluster, in CIDR notation.
 *
 * @param network ranges of the network of the nodes
 * @param pods ranges of pods that are outside of the network
 * @param services range of the cluster's services; empty if not known
 */
public record AddressRanges(List<String> network, List<String> pods, Optional<String> services) {
    public AddressRanges {
        network = List.copyOf(network);
        pods = List.copyOf(pods);
    }
}
