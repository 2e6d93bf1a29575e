// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.cluster;

import java.util.List;
import java.util.Optional;

/**
 * Address ranges of a cluster, in CIDR notation.
 *
 * @param network ranges of the network that the nodes are in
 * @param pods ranges of pods outside of those of the network
 * @param services range of the cluster's services; empty when it is not known
 */
public record AddressRanges(List<String> network, List<String> pods, Optional<String> services) {
    public AddressRanges {
        network = List.copyOf(network);
        pods = List.copyOf(pods);
    }
}
