// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.aws;

import inet.ipaddr.IPAddress;
import io.osmo.backend.testkit.internal.Page;
import software.amazon.awssdk.services.ec2.model.*;

/** VPCs and subnets. */
final class Ec2Vpcs {
    private final AwsRegion region;
    private final Ec2Query<Vpc> vpcQuery;
    private final Ec2Query<Subnet> subnetQuery;

    Ec2Vpcs(AwsRegion region) {
        this.region = region;
        this.vpcQuery = new Ec2Query<Vpc>(region, "vpc-id", Vpc::vpcId)
                .attribute("cidr", Vpc::cidrBlock)
                .attribute("state", Vpc::stateAsString)
                .attribute("is-default", vpc -> String.valueOf(vpc.isDefault()));
        this.subnetQuery = new Ec2Query<Subnet>(region, "subnet-id", Subnet::subnetId)
                .attribute("vpc-id", Subnet::vpcId)
                .attribute("cidr-block", Subnet::cidrBlock)
                .attribute("availability-zone", Subnet::availabilityZone)
                .attribute("state", Subnet::stateAsString);
    }

    CreateVpcResponse createVpc(CreateVpcRequest request) {
        Cidrs.block(request.cidrBlock(), "InvalidVpc.Range");
        if (region.vpcs.size() >= region.account.quota(AwsQuotas.VPCS)) {
            throw AwsErrors.ec2("VpcLimitExceeded", "The maximum number of VPCs has been reached.");
        }
        var tags = region.tagsFor("vpc", request.tagSpecifications());
        String id = region.account.newId("vpc");
        region.tag(id, tags);
        Vpc vpc = region.vpcs.put(
                id,
                Vpc.builder()
                        .vpcId(id)
                        .ownerId(region.account.id())
                        .cidrBlock(request.cidrBlock())
                        .cidrBlockAssociationSet(VpcCidrBlockAssociation.builder()
                                .associationId(region.account.newId("vpc-cidr-assoc"))
                                .cidrBlock(request.cidrBlock())
                                .cidrBlockState(s -> s.state(VpcCidrBlockStateCode.ASSOCIATED))
                                .build())
                        .instanceTenancy(Tenancy.DEFAULT)
                        .dhcpOptionsId("dopt-0e1a2b3c4d5e6f708")
                        .isDefault(false)
                        .state(VpcState.PENDING)
                        .build());
        region.vpcDns.put(id, new AwsRegion.VpcDns(true, false));
        region.account.after(
                Durations.VPC,
                () -> region.vpcs.updateIfPresent(
                        id, v -> v.toBuilder().state(VpcState.AVAILABLE).build()));
        Ec2SecurityGroups.createDefault(region, id);
        Ec2Routes.createMain(region, vpc);
        return CreateVpcResponse.builder().vpc(shown(vpc)).build();
    }

    DescribeVpcsResponse describeVpcs(DescribeVpcsRequest r) {
        Page<Vpc> page = vpcQuery.page(region.vpcs, r.vpcIds(), r.filters(), r.maxResults(), r.nextToken());
        return DescribeVpcsResponse.builder()
                .vpcs(page.items().stream().map(this::shown).toList())
                .nextToken(page.next())
                .build();
    }

    DescribeVpcAttributeResponse describeVpcAttribute(DescribeVpcAttributeRequest r) {
        region.vpcs.get(r.vpcId());
        AwsRegion.VpcDns dns = dns(r.vpcId());
        var response = DescribeVpcAttributeResponse.builder().vpcId(r.vpcId());
        return switch (r.attribute()) {
            case ENABLE_DNS_SUPPORT ->
                response.enableDnsSupport(a -> a.value(dns.support())).build();
            case ENABLE_DNS_HOSTNAMES ->
                response.enableDnsHostnames(a -> a.value(dns.hostnames())).build();
            default ->
                response.enableNetworkAddressUsageMetrics(a -> a.value(false)).build();
        };
    }

    ModifyVpcAttributeResponse modifyVpcAttribute(ModifyVpcAttributeRequest r) {
        region.vpcs.get(r.vpcId());
        AwsRegion.VpcDns dns = dns(r.vpcId());
        if (r.enableDnsSupport() != null && r.enableDnsHostnames() != null) {
            throw AwsErrors.ec2("InvalidParameterCombination", "Fields for multiple attributes specified");
        }
        boolean support = r.enableDnsSupport() == null
                ? dns.support()
                : r.enableDnsSupport().value();
        boolean hostnames = r.enableDnsHostnames() == null
                ? dns.hostnames()
                : r.enableDnsHostnames().value();
        if (hostnames && !support) {
            throw AwsErrors.ec2("InvalidParameterValue", "DNS hostnames need DNS support in " + r.vpcId());
        }
        region.vpcDns.put(r.vpcId(), new AwsRegion.VpcDns(support, hostnames));
        return ModifyVpcAttributeResponse.builder().build();
    }

    DeleteVpcResponse deleteVpc(DeleteVpcRequest r) {
        String id = r.vpcId();
        region.vpcs.get(id);
        boolean used = region.subnets.any(s -> s.vpcId().equals(id))
                || region.internetGateways.any(
                        g -> g.attachments().stream().anyMatch(a -> a.vpcId().equals(id)))
                || region.securityGroups.any(
                        g -> g.vpcId().equals(id) && !g.groupName().equals("default"))
                || region.routeTables.any(t -> t.vpcId().equals(id) && !Ec2Routes.isMain(t))
                || region.endpoints.any(e -> e.vpcId().equals(id))
                || region.networkInterfaces.any(i -> i.vpcId().equals(id));
        if (used) {
            throw AwsErrors.ec2("DependencyViolation", "The vpc '" + id + "' has dependencies and cannot be deleted.");
        }
        region.securityGroups.where(g -> g.vpcId().equals(id)).forEach(g -> region.securityGroups.remove(g.groupId()));
        region.routeTables.where(t -> t.vpcId().equals(id)).forEach(t -> region.routeTables.remove(t.routeTableId()));
        region.vpcDns.remove(id);
        region.vpcs.remove(id);
        region.ec2Tags.remove(id);
        return DeleteVpcResponse.builder().build();
    }

    CreateSubnetResponse createSubnet(CreateSubnetRequest r) {
        Vpc vpc = region.vpcs.get(r.vpcId());
        IPAddress range = Cidrs.block(r.cidrBlock(), "InvalidSubnet.Range");
        if (!Cidrs.range(vpc.cidrBlock()).contains(range)) {
            throw AwsErrors.ec2("InvalidSubnet.Range", "The CIDR '" + r.cidrBlock() + "' is invalid.");
        }
        if (region.subnets.any(s -> s.vpcId().equals(r.vpcId()) && Cidrs.overlap(Cidrs.range(s.cidrBlock()), range))) {
            throw AwsErrors.ec2(
                    "InvalidSubnet.Conflict", "The CIDR '" + r.cidrBlock() + "' conflicts with another subnet");
        }
        String zone = r.availabilityZone() == null ? region.zones.get(0) : r.availabilityZone();
        if (!region.zones.contains(zone)) {
            throw AwsErrors.ec2(
                    "InvalidParameterValue",
                    "Value (" + zone
                            + ") for parameter availabilityZone is invalid. Subnets can currently only be created in"
                            + " the following availability zones: " + String.join(", ", region.zones) + ".");
        }
        var tags = region.tagsFor("subnet", r.tagSpecifications());
        String id = region.account.newId("subnet");
        region.tag(id, tags);
        Subnet subnet = region.subnets.put(
                id,
                Subnet.builder()
                        .subnetId(id)
                        .subnetArn(region.arn("ec2", "subnet/" + id))
                        .vpcId(r.vpcId())
                        .ownerId(region.account.id())
                        .cidrBlock(r.cidrBlock())
                        .availabilityZone(zone)
                        .availabilityZoneId(region.zoneId(zone))
                        .availableIpAddressCount(Cidrs.usable(range))
                        .mapPublicIpOnLaunch(false)
                        .assignIpv6AddressOnCreation(false)
                        .defaultForAz(false)
                        .state(SubnetState.PENDING)
                        .build());
        region.account.after(
                Durations.SUBNET,
                () -> region.subnets.updateIfPresent(
                        id, s -> s.toBuilder().state(SubnetState.AVAILABLE).build()));
        return CreateSubnetResponse.builder().subnet(shown(subnet)).build();
    }

    DescribeSubnetsResponse describeSubnets(DescribeSubnetsRequest r) {
        Page<Subnet> page = subnetQuery.page(region.subnets, r.subnetIds(), r.filters(), r.maxResults(), r.nextToken());
        return DescribeSubnetsResponse.builder()
                .subnets(page.items().stream().map(this::shown).toList())
                .nextToken(page.next())
                .build();
    }

    ModifySubnetAttributeResponse modifySubnetAttribute(ModifySubnetAttributeRequest r) {
        if (r.mapPublicIpOnLaunch() != null) {
            region.subnets.update(
                    r.subnetId(),
                    s -> s.toBuilder()
                            .mapPublicIpOnLaunch(r.mapPublicIpOnLaunch().value())
                            .build());
        }
        region.subnets.get(r.subnetId());
        return ModifySubnetAttributeResponse.builder().build();
    }

    DeleteSubnetResponse deleteSubnet(DeleteSubnetRequest r) {
        region.subnets.get(r.subnetId());
        if (region.networkInterfaces.any(i -> i.subnetId().equals(r.subnetId()))) {
            throw AwsErrors.ec2(
                    "DependencyViolation", "The subnet '" + r.subnetId() + "' has dependencies and cannot be deleted.");
        }
        Ec2Routes.forgetSubnet(region, r.subnetId());
        region.subnets.remove(r.subnetId());
        region.ec2Tags.remove(r.subnetId());
        return DeleteSubnetResponse.builder().build();
    }

    private AwsRegion.VpcDns dns(String vpcId) {
        return region.vpcDns.getOrDefault(vpcId, new AwsRegion.VpcDns(true, false));
    }

    private Vpc shown(Vpc vpc) {
        return vpc.toBuilder().tags(region.tags(vpc.vpcId())).build();
    }

    private Subnet shown(Subnet subnet) {
        long used = region.networkInterfaces
                .where(i -> i.subnetId().equals(subnet.subnetId()))
                .mapToLong(i -> Math.max(1, i.privateIpAddresses().size()))
                .sum();
        return subnet.toBuilder()
                .availableIpAddressCount((int) (Cidrs.usable(Cidrs.range(subnet.cidrBlock())) - used))
                .tags(region.tags(subnet.subnetId()))
                .build();
    }
}
