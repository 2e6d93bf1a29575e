// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.network;

import com.google.cloud.compute.v1.Subnetwork;
import com.google.cloud.compute.v1.SubnetworkSecondaryRange;
import com.google.cloud.compute.v1.SubnetworkUtilizationDetailsIPV4Utilization;
import io.osmo.backend.cluster.IpRange;
import io.osmo.backend.gcp.GkeSettings;
import io.osmo.backend.gcp.internal.ComputeObject;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Inventory;
import java.util.Optional;

/**
 * The ranges of nodes and of pods of a backend. Google reserves four addresses of the range of nodes.
 *
 * @param nodes the range of nodes, such as {@code 10.0.0.0/16}
 * @param pods the range of pods
 * @param freeForNodes number of free addresses for nodes; empty if the cloud does not return it
 * @param freeForPods number of free addresses for pods; empty if the cloud does not return it
 */
public record NodeRanges(String nodes, String pods, Optional<Long> freeForNodes, Optional<Long> freeForPods) {
    private static final int RESERVED = 4;

    /** @return empty when an existing subnet could not be read, or leaves open which its ranges are */
    public static Optional<NodeRanges> of(BackendSpec spec, Inventory inventory) {
        GkeSettings settings = GkeSettings.of(spec.settings());
        Optional<Subnetwork> subnet =
                inventory.find(Subnet.ID, ComputeObject.class).map(found -> found.as(Subnetwork.class));
        boolean existing = spec.network().existingId().isPresent();
        if (subnet.isEmpty()) {
            return existing
                    ? Optional.empty()
                    : Optional.of(new NodeRanges(
                            spec.network().cidr().orElseThrow(),
                            settings.podCidr(),
                            Optional.empty(),
                            Optional.empty()));
        }
        Optional<String> name =
                existing ? PodRanges.of(subnet.get(), settings).map(PodRanges::pods) : Optional.of(Subnet.PODS);
        return name.flatMap(range -> subnet.get().getSecondaryIpRangesList().stream()
                        .filter(each -> each.getRangeName().equals(range))
                        .map(SubnetworkSecondaryRange::getIpCidrRange)
                        .findFirst())
                .map(pods -> new NodeRanges(
                        subnet.get().getIpCidrRange(), pods, free(subnet.get(), ""), free(subnet.get(), name.get())));
    }

    private static Optional<Long> free(Subnetwork subnet, String range) {
        return subnet.getUtilizationDetails().getIpv4UtilizationsList().stream()
                .filter(use -> use.getRangeName().equals(range))
                .map(SubnetworkUtilizationDetailsIPV4Utilization::getTotalFreeIp)
                .findFirst();
    }

    /** Addresses for nodes, of which none is taken. */
    public long sizeOfNodes() {
        return size(nodes) - RESERVED;
    }

    /** Addresses for pods, of which none is taken. */
    public long sizeOfPods() {
        return size(pods);
    }

    private static long size(String range) {
        return IpRange.parse(range).map(IpRange::size).orElse(0L);
    }
}
