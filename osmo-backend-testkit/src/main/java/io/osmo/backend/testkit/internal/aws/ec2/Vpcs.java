// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.ec2;

import io.osmo.backend.testkit.internal.Page;
import io.osmo.backend.testkit.internal.aws.AwsQuotas;
import java.time.Duration;
import software.amazon.awssdk.services.ec2.model.*;

/** VPCs and their DNS attributes. */
final class Vpcs {
    private static final Duration CREATE = Duration.ofSeconds(1);

    private final Ec2 ec2;
    private final Query<Vpc> query;

    Vpcs(Ec2 ec2) {
        this.ec2 = ec2;
        this.query = new Query<Vpc>(ec2, "vpc-id", Vpc::vpcId)
                .attribute("cidr", Vpc::cidrBlock)
                .attribute("state", Vpc::stateAsString)
                .attribute("is-default", vpc -> String.valueOf(vpc.isDefault()));
    }

    CreateVpcResponse createVpc(CreateVpcRequest request) {
        Cidrs.block(request.cidrBlock(), "InvalidVpc.Range");
        if (ec2.vpcs.size() >= ec2.account.quota(AwsQuotas.VPCS)) {
            throw Ec2Errors.of("VpcLimitExceeded", "The maximum number of VPCs has been reached.");
        }
        var tags = ResourceTags.requested("vpc", request.tagSpecifications());
        String id = ec2.account.newId("vpc");
        ec2.tags.put(id, tags);
        Vpc vpc = ec2.vpcs.put(
                id,
                Vpc.builder()
                        .vpcId(id)
                        .ownerId(ec2.account.id())
                        .cidrBlock(request.cidrBlock())
                        .cidrBlockAssociationSet(VpcCidrBlockAssociation.builder()
                                .associationId(ec2.account.newId("vpc-cidr-assoc"))
                                .cidrBlock(request.cidrBlock())
                                .cidrBlockState(s -> s.state(VpcCidrBlockStateCode.ASSOCIATED))
                                .build())
                        .instanceTenancy(Tenancy.DEFAULT)
                        .dhcpOptionsId("dopt-0e1a2b3c4d5e6f708")
                        .isDefault(false)
                        .state(VpcState.PENDING)
                        .build());
        ec2.vpcDns.put(id, new Ec2.VpcDns(true, false));
        ec2.account.after(
                CREATE,
                () -> ec2.vpcs.updateIfPresent(
                        id, v -> v.toBuilder().state(VpcState.AVAILABLE).build()));
        SecurityGroups.createDefault(ec2, id);
        RouteTables.createMain(ec2, vpc);
        NetworkAcls.createDefault(ec2, vpc);
        return CreateVpcResponse.builder().vpc(described(vpc)).build();
    }

    DescribeVpcsResponse describeVpcs(DescribeVpcsRequest r) {
        Page<Vpc> page = query.page(ec2.vpcs, r.vpcIds(), r.filters(), r.maxResults(), r.nextToken());
        return DescribeVpcsResponse.builder()
                .vpcs(page.items().stream().map(this::described).toList())
                .nextToken(page.next())
                .build();
    }

    DescribeVpcAttributeResponse describeVpcAttribute(DescribeVpcAttributeRequest r) {
        ec2.vpcs.get(r.vpcId());
        Ec2.VpcDns dns = dns(r.vpcId());
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
        ec2.vpcs.get(r.vpcId());
        Ec2.VpcDns dns = dns(r.vpcId());
        if (r.enableDnsSupport() != null && r.enableDnsHostnames() != null) {
            throw Ec2Errors.of("InvalidParameterCombination", "Fields for multiple attributes specified");
        }
        boolean support = r.enableDnsSupport() == null
                ? dns.support()
                : r.enableDnsSupport().value();
        boolean hostnames = r.enableDnsHostnames() == null
                ? dns.hostnames()
                : r.enableDnsHostnames().value();
        if (hostnames && !support) {
            throw Ec2Errors.of("InvalidParameterValue", "DNS hostnames need DNS support in " + r.vpcId());
        }
        ec2.vpcDns.put(r.vpcId(), new Ec2.VpcDns(support, hostnames));
        return ModifyVpcAttributeResponse.builder().build();
    }

    DeleteVpcResponse deleteVpc(DeleteVpcRequest r) {
        String id = r.vpcId();
        ec2.vpcs.get(id);
        boolean used = ec2.subnets.any(s -> s.vpcId().equals(id))
                || ec2.internetGateways.any(
                        g -> g.attachments().stream().anyMatch(a -> a.vpcId().equals(id)))
                || ec2.securityGroups.any(
                        g -> g.vpcId().equals(id) && !g.groupName().equals("default"))
                || ec2.routeTables.any(t -> t.vpcId().equals(id) && !RouteTables.isMain(t))
                || ec2.networkAcls.any(a -> a.vpcId().equals(id) && !a.isDefault())
                || ec2.endpoints.any(e -> e.vpcId().equals(id))
                || ec2.networkInterfaces.any(i -> i.vpcId().equals(id));
        if (used) {
            throw Ec2Errors.of("DependencyViolation", "The vpc '" + id + "' has dependencies and cannot be deleted.");
        }
        ec2.securityGroups.where(g -> g.vpcId().equals(id)).forEach(g -> ec2.securityGroups.remove(g.groupId()));
        ec2.routeTables.where(t -> t.vpcId().equals(id)).forEach(t -> ec2.routeTables.remove(t.routeTableId()));
        NetworkAcls.forgetVpc(ec2, id);
        ec2.vpcDns.remove(id);
        ec2.vpcs.remove(id);
        ec2.tags.remove(id);
        return DeleteVpcResponse.builder().build();
    }

    private Ec2.VpcDns dns(String vpcId) {
        return ec2.vpcDns.getOrDefault(vpcId, new Ec2.VpcDns(true, false));
    }

    private Vpc described(Vpc vpc) {
        return vpc.toBuilder().tags(ec2.tags.of(vpc.vpcId())).build();
    }
}
