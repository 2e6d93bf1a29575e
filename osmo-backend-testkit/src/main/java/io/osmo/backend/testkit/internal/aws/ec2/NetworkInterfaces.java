// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.ec2;

import io.osmo.backend.cluster.IpRange;
import io.osmo.backend.testkit.internal.Page;
import io.osmo.backend.testkit.internal.aws.AwsErrors;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.*;

/** Network interfaces, which services put into subnets. A subnet that has any cannot be deleted. */
public final class NetworkInterfaces {
    private final Ec2 ec2;
    private final Query<NetworkInterface> query;

    NetworkInterfaces(Ec2 ec2) {
        this.ec2 = ec2;
        this.query = new Query<NetworkInterface>(ec2, "network-interface-id", NetworkInterface::networkInterfaceId)
                .attribute("vpc-id", NetworkInterface::vpcId)
                .attribute("subnet-id", NetworkInterface::subnetId)
                .attribute("status", NetworkInterface::statusAsString)
                .attribute("description", NetworkInterface::description)
                .attribute("interface-type", NetworkInterface::interfaceTypeAsString)
                .attribute("requester-managed", i -> String.valueOf(Boolean.TRUE.equals(i.requesterManaged())))
                .attribute(
                        "attachment.instance-id",
                        i -> i.attachment() == null ? null : i.attachment().instanceId())
                .attributes(
                        "group-id",
                        i -> i.groups().stream().map(GroupIdentifier::groupId).toList());
    }

    /** Puts an interface into a subnet, as EC2 or another service does, and returns its id. */
    public static String create(Ec2 ec2, Subnet subnet, Consumer<NetworkInterface.Builder> details) {
        String id = ec2.account.newId("eni");
        String address = freeAddress(ec2, subnet);
        NetworkInterface.Builder builder = NetworkInterface.builder()
                .networkInterfaceId(id)
                .subnetId(subnet.subnetId())
                .vpcId(subnet.vpcId())
                .availabilityZone(subnet.availabilityZone())
                .ownerId(ec2.account.id())
                .interfaceType(NetworkInterfaceType.INTERFACE)
                .requesterManaged(false)
                .description("")
                .privateIpAddress(address)
                .status(NetworkInterfaceStatus.AVAILABLE);
        details.accept(builder);
        ec2.networkInterfaces.put(id, builder.build());
        return id;
    }

    /** A free address of the subnet. The first four and the last of its range are reserved for AWS. */
    private static String freeAddress(Ec2 ec2, Subnet subnet) {
        Set<String> taken = ec2.networkInterfaces
                .where(i -> i.subnetId().equals(subnet.subnetId()))
                .map(NetworkInterface::privateIpAddress)
                .collect(Collectors.toSet());
        IpRange range = Cidrs.range(subnet.cidrBlock());
        long usable = Cidrs.usable(range);
        for (long nth = 0; nth < usable && !ec2.isFull(subnet.subnetId()); nth++) {
            String address = range.addressAt(4L + (taken.size() + nth) % usable);
            if (!taken.contains(address)) {
                return address;
            }
        }
        throw Ec2Errors.of(
                "InsufficientFreeAddressesInSubnet",
                "There are not enough free addresses in subnet '" + subnet.subnetId() + "' to satisfy the request.");
    }

    DescribeNetworkInterfacesResponse describeNetworkInterfaces(DescribeNetworkInterfacesRequest r) {
        Page<NetworkInterface> page =
                query.page(ec2.networkInterfaces, r.networkInterfaceIds(), r.filters(), r.maxResults(), r.nextToken());
        return DescribeNetworkInterfacesResponse.builder()
                .networkInterfaces(page.items().stream()
                        .map(i -> i.toBuilder()
                                .tagSet(ec2.tags.of(i.networkInterfaceId()))
                                .build())
                        .toList())
                .nextToken(page.next())
                .build();
    }

    CreateNetworkInterfaceResponse createNetworkInterface(CreateNetworkInterfaceRequest r) {
        String id = create(
                ec2, ec2.subnets.get(r.subnetId()), i -> i.description(r.description() == null ? "" : r.description()));
        ec2.tags.put(id, ResourceTags.requested("network-interface", r.tagSpecifications()));
        return CreateNetworkInterfaceResponse.builder()
                .networkInterface(ec2.networkInterfaces.get(id))
                .build();
    }

    DeleteNetworkInterfaceResponse deleteNetworkInterface(DeleteNetworkInterfaceRequest r) {
        NetworkInterface found = ec2.networkInterfaces.get(r.networkInterfaceId());
        if (Boolean.TRUE.equals(found.requesterManaged())) {
            throw AwsErrors.of(
                    "ec2",
                    403,
                    "OperationNotPermitted",
                    "You are not allowed to manage interface " + r.networkInterfaceId());
        }
        if (found.status() != NetworkInterfaceStatus.AVAILABLE) {
            throw Ec2Errors.of(
                    "InvalidParameterValue", "Network interface '" + r.networkInterfaceId() + "' is currently in use.");
        }
        ec2.networkInterfaces.remove(r.networkInterfaceId());
        ec2.tags.remove(r.networkInterfaceId());
        return DeleteNetworkInterfaceResponse.builder().build();
    }
}
