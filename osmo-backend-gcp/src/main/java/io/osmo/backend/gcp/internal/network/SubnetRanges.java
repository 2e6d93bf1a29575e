// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.network;

import com.google.cloud.compute.v1.Subnetwork;
import com.google.cloud.compute.v1.SubnetworkSecondaryRange;
import io.osmo.backend.cluster.AddressRanges;
import io.osmo.backend.gcp.GkeSettings;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Address ranges of a cluster, by its subnet. Pods and services have secondary ranges of it. */
public final class SubnetRanges {
    private SubnetRanges() {}

    /** @param services the secondary range that is used for services; empty if it is not known */
    public static AddressRanges of(Subnetwork subnet, Optional<String> services) {
        List<String> others = Stream.concat(
                        Stream.of(subnet.getIpCidrRange()),
                        subnet.getSecondaryIpRangesList().stream()
                                .map(SubnetworkSecondaryRange::getIpCidrRange)
                                .filter(range -> !services.equals(Optional.of(range))))
                .toList();
        return new AddressRanges(others, List.of(), services);
    }

    /** The range that a cluster in this subnet will use for services; empty when the subnet leaves that open. */
    public static Optional<String> services(Subnetwork subnet, GkeSettings settings) {
        return PodRanges.of(subnet, settings)
                .map(PodRanges::services)
                .flatMap(name -> subnet.getSecondaryIpRangesList().stream()
                        .filter(range -> range.getRangeName().equals(name))
                        .map(SubnetworkSecondaryRange::getIpCidrRange)
                        .findFirst());
    }
}
