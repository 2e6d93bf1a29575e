// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.aws;

import inet.ipaddr.IPAddress;
import io.osmo.backend.testkit.internal.Page;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.*;

/** Network interfaces: what other services put into subnets, and what keeps subnets from being deleted. */
final class Ec2NetworkInterfaces {
    private final AwsRegion region;
    private final Ec2Query<NetworkInterface> query;

    Ec2NetworkInterfaces(AwsRegion region) {
        this.region = region;
        this.query = new Ec2Query<NetworkInterface>(
                        region, "network-interface-id", NetworkInterface::networkInterfaceId)
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
    static String create(AwsRegion region, Subnet subnet, Consumer<NetworkInterface.Builder> details) {
        String id = region.account.newId("eni");
        String address = freeAddress(region, subnet);
        NetworkInterface.Builder builder = NetworkInterface.builder()
                .networkInterfaceId(id)
                .subnetId(subnet.subnetId())
                .vpcId(subnet.vpcId())
                .availabilityZone(subnet.availabilityZone())
                .ownerId(region.account.id())
                .interfaceType(NetworkInterfaceType.INTERFACE)
                .requesterManaged(false)
                .description("")
                .privateIpAddress(address)
                .status(NetworkInterfaceStatus.AVAILABLE);
        details.accept(builder);
        region.networkInterfaces.put(id, builder.build());
        return id;
    }

    /** An address of the subnet that no interface has: of the range's, the first four and the last are AWS' own. */
    private static String freeAddress(AwsRegion region, Subnet subnet) {
        Set<String> taken = region.networkInterfaces
                .where(i -> i.subnetId().equals(subnet.subnetId()))
                .map(NetworkInterface::privateIpAddress)
                .collect(Collectors.toSet());
        IPAddress range = Cidrs.range(subnet.cidrBlock());
        long usable = Cidrs.usable(range);
        for (long nth = 0; nth < usable; nth++) {
            String address = range.getLower()
                    .increment(4L + (taken.size() + nth) % usable)
                    .withoutPrefixLength()
                    .toString();
            if (!taken.contains(address)) {
                return address;
            }
        }
        throw AwsErrors.ec2(
                "InsufficientFreeAddressesInSubnet",
                "There are not enough free addresses in subnet '" + subnet.subnetId() + "' to satisfy the request.");
    }

    DescribeNetworkInterfacesResponse describeNetworkInterfaces(DescribeNetworkInterfacesRequest r) {
        Page<NetworkInterface> page = query.page(
                region.networkInterfaces, r.networkInterfaceIds(), r.filters(), r.maxResults(), r.nextToken());
        return DescribeNetworkInterfacesResponse.builder()
                .networkInterfaces(page.items().stream()
                        .map(i -> i.toBuilder()
                                .tagSet(region.tags(i.networkInterfaceId()))
                                .build())
                        .toList())
                .nextToken(page.next())
                .build();
    }

    DeleteNetworkInterfaceResponse deleteNetworkInterface(DeleteNetworkInterfaceRequest r) {
        NetworkInterface found = region.networkInterfaces.get(r.networkInterfaceId());
        if (Boolean.TRUE.equals(found.requesterManaged())) {
            throw AwsErrors.of(
                    "ec2",
                    403,
                    "OperationNotPermitted",
                    "You are not allowed to manage interface " + r.networkInterfaceId());
        }
        if (found.status() != NetworkInterfaceStatus.AVAILABLE) {
            throw AwsErrors.ec2(
                    "InvalidParameterValue", "Network interface '" + r.networkInterfaceId() + "' is currently in use.");
        }
        region.networkInterfaces.remove(r.networkInterfaceId());
        region.ec2Tags.remove(r.networkInterfaceId());
        return DeleteNetworkInterfaceResponse.builder().build();
    }
}
