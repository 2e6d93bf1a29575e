// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.ec2;

import io.osmo.backend.cluster.IpRange;
import io.osmo.backend.testkit.internal.Page;
import java.time.Duration;
import software.amazon.awssdk.services.ec2.model.*;

/** Subnets. */
final class Subnets {
    private static final Duration CREATE = Duration.ofSeconds(1);

    private final Ec2 ec2;
    private final Query<Subnet> query;

    Subnets(Ec2 ec2) {
        this.ec2 = ec2;
        this.query = new Query<Subnet>(ec2, "subnet-id", Subnet::subnetId)
                .attribute("vpc-id", Subnet::vpcId)
                .attribute("cidr-block", Subnet::cidrBlock)
                .attribute("availability-zone", Subnet::availabilityZone)
                .attribute("state", Subnet::stateAsString);
    }

    CreateSubnetResponse createSubnet(CreateSubnetRequest r) {
        Vpc vpc = ec2.vpcs.get(r.vpcId());
        IpRange range = Cidrs.block(r.cidrBlock(), "InvalidSubnet.Range");
        if (!Cidrs.range(vpc.cidrBlock()).contains(range)) {
            throw Ec2Errors.of("InvalidSubnet.Range", "The CIDR '" + r.cidrBlock() + "' is invalid.");
        }
        if (ec2.subnets.any(
                s -> s.vpcId().equals(r.vpcId()) && Cidrs.range(s.cidrBlock()).overlaps(range))) {
            throw Ec2Errors.of(
                    "InvalidSubnet.Conflict", "The CIDR '" + r.cidrBlock() + "' conflicts with another subnet");
        }
        String zone = r.availabilityZone() == null ? ec2.zones.get(0) : r.availabilityZone();
        if (!ec2.zones.contains(zone)) {
            throw Ec2Errors.of(
                    "InvalidParameterValue",
                    "Value (" + zone
                            + ") for parameter availabilityZone is invalid. Subnets can currently only be created in"
                            + " the following availability zones: " + String.join(", ", ec2.zones) + ".");
        }
        var tags = ResourceTags.requested("subnet", r.tagSpecifications());
        String id = ec2.account.newId("subnet");
        ec2.tags.put(id, tags);
        Subnet subnet = ec2.subnets.put(
                id,
                Subnet.builder()
                        .subnetId(id)
                        .subnetArn(ec2.arn("ec2", "subnet/" + id))
                        .vpcId(r.vpcId())
                        .ownerId(ec2.account.id())
                        .cidrBlock(r.cidrBlock())
                        .availabilityZone(zone)
                        .availabilityZoneId(ec2.zoneId(zone))
                        .availableIpAddressCount(Cidrs.usable(range))
                        .mapPublicIpOnLaunch(false)
                        .assignIpv6AddressOnCreation(false)
                        .defaultForAz(false)
                        .state(SubnetState.PENDING)
                        .build());
        ec2.account.after(
                CREATE,
                () -> ec2.subnets.updateIfPresent(
                        id, s -> s.toBuilder().state(SubnetState.AVAILABLE).build()));
        return CreateSubnetResponse.builder().subnet(described(subnet)).build();
    }

    DescribeSubnetsResponse describeSubnets(DescribeSubnetsRequest r) {
        Page<Subnet> page = query.page(ec2.subnets, r.subnetIds(), r.filters(), r.maxResults(), r.nextToken());
        return DescribeSubnetsResponse.builder()
                .subnets(page.items().stream().map(this::described).toList())
                .nextToken(page.next())
                .build();
    }

    ModifySubnetAttributeResponse modifySubnetAttribute(ModifySubnetAttributeRequest r) {
        if (r.mapPublicIpOnLaunch() != null) {
            ec2.subnets.update(
                    r.subnetId(),
                    s -> s.toBuilder()
                            .mapPublicIpOnLaunch(r.mapPublicIpOnLaunch().value())
                            .build());
        }
        ec2.subnets.get(r.subnetId());
        return ModifySubnetAttributeResponse.builder().build();
    }

    DeleteSubnetResponse deleteSubnet(DeleteSubnetRequest r) {
        ec2.subnets.get(r.subnetId());
        if (ec2.networkInterfaces.any(i -> i.subnetId().equals(r.subnetId()))) {
            throw Ec2Errors.of(
                    "DependencyViolation", "The subnet '" + r.subnetId() + "' has dependencies and cannot be deleted.");
        }
        RouteTables.forgetSubnet(ec2, r.subnetId());
        ec2.subnets.remove(r.subnetId());
        ec2.tags.remove(r.subnetId());
        return DeleteSubnetResponse.builder().build();
    }

    private Subnet described(Subnet subnet) {
        return subnet.toBuilder()
                .availableIpAddressCount(ec2.freeAddresses(subnet.subnetId()))
                .tags(ec2.tags.of(subnet.subnetId()))
                .build();
    }
}
