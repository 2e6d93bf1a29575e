// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.ec2;

import io.osmo.backend.cluster.IpRange;
import io.osmo.backend.testkit.internal.Page;
import io.osmo.backend.testkit.internal.aws.AwsErrors;
import java.util.ArrayList;
import java.util.List;
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
        return create(ec2, subnet, 1, details);
    }

    /** Likewise with several addresses, all of the subnet. */
    public static String create(Ec2 ec2, Subnet subnet, int number, Consumer<NetworkInterface.Builder> details) {
        String id = ec2.account.newId("eni");
        List<String> addresses = free(ec2, subnet, number);
        NetworkInterface.Builder builder = NetworkInterface.builder()
                .networkInterfaceId(id)
                .subnetId(subnet.subnetId())
                .vpcId(subnet.vpcId())
                .availabilityZone(subnet.availabilityZone())
                .ownerId(ec2.account.id())
                .interfaceType(NetworkInterfaceType.INTERFACE)
                .requesterManaged(false)
                .description("")
                .privateIpAddress(addresses.get(0))
                .privateIpAddresses(addresses.stream()
                        .map(address -> NetworkInterfacePrivateIpAddress.builder()
                                .privateIpAddress(address)
                                .primary(address.equals(addresses.get(0)))
                                .build())
                        .toList())
                .status(NetworkInterfaceStatus.AVAILABLE);
        details.accept(builder);
        ec2.networkInterfaces.put(id, builder.build());
        return id;
    }

    /** Addresses of a subnet that interfaces have. */
    static Set<String> addresses(Ec2 ec2, String subnet) {
        return ec2.networkInterfaces
                .where(i -> i.subnetId().equals(subnet))
                .flatMap(i -> i.privateIpAddresses().stream())
                .map(NetworkInterfacePrivateIpAddress::privateIpAddress)
                .collect(Collectors.toSet());
    }

    /** Free addresses of the subnet. The first four and the last of its range are reserved for AWS. */
    private static List<String> free(Ec2 ec2, Subnet subnet, int number) {
        if (ec2.freeAddresses(subnet.subnetId()) < number) {
            throw Ec2Errors.of(
                    "InsufficientFreeAddressesInSubnet",
                    "There are not enough free addresses in subnet '" + subnet.subnetId()
                            + "' to satisfy the request.");
        }
        Set<String> taken = addresses(ec2, subnet.subnetId());
        IpRange range = Cidrs.range(subnet.cidrBlock());
        long usable = Cidrs.usable(range);
        List<String> free = new ArrayList<>();
        for (long nth = 0; free.size() < number; nth++) {
            String address = range.addressAt(4L + (taken.size() + nth) % usable);
            if (!taken.contains(address)) {
                free.add(address);
            }
        }
        return free;
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
