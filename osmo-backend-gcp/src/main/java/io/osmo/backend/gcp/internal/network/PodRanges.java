// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.network;

import com.google.cloud.compute.v1.Subnetwork;
import com.google.cloud.compute.v1.SubnetworkSecondaryRange;
import io.osmo.backend.gcp.GkeSettings;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The secondary ranges of a subnet that pods and services use. In an existing subnet that has two, the wider one is for pods; of more
 * than two the settings name them.
 */
public record PodRanges(String pods, String services) {
    /** @return empty when the subnet leaves open which ranges they are */
    public static Optional<PodRanges> of(Subnetwork subnet, GkeSettings settings) {
        List<SubnetworkSecondaryRange> unnamed = subnet.getSecondaryIpRangesList().stream()
                .filter(range -> !settings.podRange().equals(Optional.of(range.getRangeName()))
                        && !settings.serviceRange().equals(Optional.of(range.getRangeName())))
                .sorted(Comparator.comparingInt(PodRanges::prefix))
                .toList();
        Optional<String> pods = settings.podRange();
        Optional<String> services = settings.serviceRange();
        boolean open = unnamed.size()
                != Math.toIntExact(2 - pods.stream().count() - services.stream().count());
        if (pods.isPresent() && services.isPresent()) {
            return Optional.of(new PodRanges(pods.get(), services.get()));
        }
        return open
                ? Optional.empty()
                : Optional.of(new PodRanges(
                        pods.orElseGet(() -> unnamed.get(0).getRangeName()),
                        services.orElseGet(() -> unnamed.get(unnamed.size() - 1).getRangeName())));
    }

    /** Prefix length of one of the ranges of a subnet. */
    static Optional<Integer> prefix(Subnetwork subnet, String name) {
        return subnet.getSecondaryIpRangesList().stream()
                .filter(range -> range.getRangeName().equals(name))
                .map(PodRanges::prefix)
                .findFirst();
    }

    private static int prefix(SubnetworkSecondaryRange range) {
        String cidr = range.getIpCidrRange();
        return Integer.parseInt(cidr.substring(cidr.indexOf('/') + 1));
    }
}
