// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.eks;

import io.osmo.backend.testkit.internal.aws.ec2.NetworkInterfaces;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceStatus;
import software.amazon.awssdk.services.eks.model.Cluster;

/**
 * The network interfaces through which a control plane reaches its nodes. They are in subnets of the cluster, and move when it is given
 * others.
 */
final class ControlPlaneInterfaces {
    private static final int NUMBER = 2;

    private ControlPlaneInterfaces() {}

    /** Keeps interfaces in subnets that the cluster still has, deletes others, and adds what is missing. */
    static void place(Eks eks, Cluster cluster) {
        List<String> subnets = cluster.resourcesVpcConfig().subnetIds();
        of(eks, cluster.name()).stream()
                .filter(i -> !subnets.contains(i.subnetId()))
                .forEach(i -> eks.ec2.networkInterfaces.remove(i.networkInterfaceId()));
        for (String subnet : subnets) {
            List<NetworkInterface> placed = of(eks, cluster.name());
            if (placed.size() < NUMBER && placed.stream().noneMatch(i -> subnet.equals(i.subnetId()))) {
                create(eks, cluster, subnet);
            }
        }
    }

    private static void create(Eks eks, Cluster cluster, String subnet) {
        GroupIdentifier group = GroupIdentifier.builder()
                .groupId(cluster.resourcesVpcConfig().clusterSecurityGroupId())
                .build();
        NetworkInterfaces.create(
                eks.ec2,
                eks.ec2.subnets.get(subnet),
                i -> i.description(description(cluster.name()))
                        .requesterManaged(true)
                        .status(NetworkInterfaceStatus.IN_USE)
                        .groups(group));
    }

    private static List<NetworkInterface> of(Eks eks, String cluster) {
        return eks.ec2
                .networkInterfaces
                .where(i -> description(cluster).equals(i.description()))
                .toList();
    }

    private static String description(String cluster) {
        return "Amazon EKS " + cluster;
    }

    static void remove(Eks eks, String cluster) {
        of(eks, cluster).forEach(i -> eks.ec2.networkInterfaces.remove(i.networkInterfaceId()));
    }
}
