// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.compute;

import com.google.cloud.compute.v1.Instance;
import com.google.cloud.compute.v1.Subnetwork;
import com.google.cloud.compute.v1.SubnetworkSecondaryRange;
import com.google.cloud.compute.v1.SubnetworkUtilizationDetails;
import com.google.cloud.compute.v1.SubnetworkUtilizationDetailsIPV4Utilization;
import io.osmo.backend.cluster.IpRange;

/** The number of used addresses of each range of a subnetwork, which Compute Engine returns on request. Each GKE node has a /24. */
final class SubnetworkUtilization {
    static final String VIEW = "WITH_UTILIZATION";
    private static final int RESERVED = 4;
    private static final int EACH_FOR_PODS = 256;

    private SubnetworkUtilization() {}

    static Subnetwork of(String path, Subnetwork subnet, ComputeResources all) {
        long machines = all.all("instances").values().stream()
                .map(Instance.class::cast)
                .filter(instance -> instance.getNetworkInterfacesList().stream()
                        .anyMatch(each -> each.getSubnetwork().endsWith(path)))
                .count();
        SubnetworkUtilizationDetails.Builder details = SubnetworkUtilizationDetails.newBuilder()
                .addIpv4Utilizations(use("", subnet.getIpCidrRange(), machines + RESERVED, all.isFilled(path)));
        for (SubnetworkSecondaryRange range : subnet.getSecondaryIpRangesList()) {
            boolean pods = !range.getRangeName().startsWith("services");
            details.addIpv4Utilizations(use(
                    range.getRangeName(),
                    range.getIpCidrRange(),
                    pods ? machines * EACH_FOR_PODS : 0,
                    all.isFilled(path + "-" + range.getRangeName())));
        }
        return subnet.toBuilder().setUtilizationDetails(details).build();
    }

    /** Whether a range of nodes has no address left, or one of pods none for another node. */
    static boolean isExhausted(String range, ComputeResources all) {
        return all.all("subnetworks").entrySet().stream()
                .filter(each -> range.startsWith(each.getKey()))
                .flatMap(each -> of(each.getKey(), (Subnetwork) each.getValue(), all)
                        .getUtilizationDetails()
                        .getIpv4UtilizationsList()
                        .stream()
                        .filter(use -> range.equals(
                                use.getRangeName().isEmpty()
                                        ? each.getKey()
                                        : each.getKey() + "-" + use.getRangeName())))
                .anyMatch(use -> use.getTotalFreeIp() < (use.getRangeName().isEmpty() ? 1 : EACH_FOR_PODS));
    }

    private static SubnetworkUtilizationDetailsIPV4Utilization use(
            String name, String range, long taken, boolean full) {
        long size = IpRange.parse(range).orElseThrow().size();
        long allocated = full ? size : Math.min(size, taken);
        return SubnetworkUtilizationDetailsIPV4Utilization.newBuilder()
                .setRangeName(name)
                .setTotalAllocatedIp(allocated)
                .setTotalFreeIp(size - allocated)
                .build();
    }
}
