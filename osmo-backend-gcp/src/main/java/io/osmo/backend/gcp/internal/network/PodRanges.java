// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.network;

import com.google.cloud.compute.v1.Subnetwork;
import com.google.cloud.compute.v1.SubnetworkSecondaryRange;
import io.osmo.backend.gcp.internal.ComputeObject;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The secondary ranges of a subnet that pods and services use. In an existing subnet the widest is for pods and the narrowest for
 * services.
 */
public record PodRanges(String pods, String services) {
    public static Optional<PodRanges> of(ComputeObject subnet) {
        List<SubnetworkSecondaryRange> widestFirst = subnet.as(Subnetwork.class).getSecondaryIpRangesList().stream()
                .sorted(Comparator.comparingInt(range -> prefix(range.getIpCidrRange())))
                .toList();
        return widestFirst.size() < 2
                ? Optional.empty()
                : Optional.of(new PodRanges(
                        widestFirst.get(0).getRangeName(),
                        widestFirst.get(widestFirst.size() - 1).getRangeName()));
    }

    private static int prefix(String cidr) {
        return Integer.parseInt(cidr.substring(cidr.indexOf('/') + 1));
    }
}
