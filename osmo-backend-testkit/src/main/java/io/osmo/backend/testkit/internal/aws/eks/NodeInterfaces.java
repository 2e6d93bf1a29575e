// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.eks;

import io.osmo.backend.testkit.internal.aws.ec2.Ec2;
import io.osmo.backend.testkit.internal.aws.ec2.InstanceTypes.InstanceTypeFacts;
import io.osmo.backend.testkit.internal.aws.ec2.NetworkInterfaces;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceAttachment;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceStatus;
import software.amazon.awssdk.services.ec2.model.Subnet;

/**
 * Interfaces of nodes and their addresses, as the Amazon VPC CNI takes them by default: it fills the node's own interface, and a spare one
 * ({@code WARM_ENI_TARGET} is 1), with as many addresses as the subnet has left. Nodes run no pods that would need more.
 *
 * @see <a href="https://github.com/aws/amazon-vpc-cni-k8s/blob/master/docs/eni-and-ip-target.md">VPC CNI: targets</a>
 */
final class NodeInterfaces {
    private static final String CNI = "aws-K8S-";

    private NodeInterfaces() {}

    /** Gives a new instance its interfaces, and returns its address. */
    static String attach(
            Ec2 ec2, String cluster, String instance, InstanceTypeFacts type, Subnet subnet, GroupIdentifier group) {
        String own = create(ec2, instance, type, subnet, group, "");
        if (!ec2.isFull(subnet.subnetId())) {
            String spare = create(ec2, instance, type, subnet, group, CNI + instance);
            ec2.tags.putAsService(spare, Map.of("cluster.k8s.amazonaws.com/name", cluster));
        }
        return ec2.networkInterfaces.get(own).privateIpAddress();
    }

    private static String create(
            Ec2 ec2,
            String instance,
            InstanceTypeFacts type,
            Subnet subnet,
            GroupIdentifier group,
            String description) {
        return NetworkInterfaces.create(
                ec2,
                subnet,
                Math.min(type.addressesPerInterface(), ec2.freeAddresses(subnet.subnetId())),
                i -> i.description(description)
                        .status(NetworkInterfaceStatus.IN_USE)
                        .attachment(a -> a.instanceId(instance))
                        .groups(group));
    }

    /**
     * Takes the interfaces of an instance that ends.
     *
     * @param leave whether the CNI does not get to delete what it has attached
     */
    static void detach(Ec2 ec2, String instance, boolean leave) {
        ec2.networkInterfaces
                .where(i ->
                        i.attachment() != null && instance.equals(i.attachment().instanceId()))
                .toList()
                .forEach(i -> {
                    if (leave && i.description().startsWith(CNI)) {
                        ec2.networkInterfaces.update(
                                i.networkInterfaceId(),
                                n -> n.toBuilder()
                                        .attachment((NetworkInterfaceAttachment) null)
                                        .status(NetworkInterfaceStatus.AVAILABLE)
                                        .build());
                    } else {
                        ec2.networkInterfaces.remove(i.networkInterfaceId());
                        ec2.tags.remove(i.networkInterfaceId());
                    }
                });
    }
}
