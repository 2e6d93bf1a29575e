// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.diagnosis;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ec2Kind;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.NetworkAcl;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.VpcAttributeName;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;
import software.amazon.awssdk.services.eks.model.Cluster;
import software.amazon.awssdk.services.eks.model.Nodegroup;

/** Reads what is between the nodes of a pool and what they have to call. Six calls at the same time. */
final class NetworkPathReader {
    private final AwsContext context;
    private final Cluster cluster;
    private final List<Nodegroup> groups;
    private final Filter inVpc;

    NetworkPathReader(AwsContext context, Cluster cluster, List<Nodegroup> groups) {
        this.context = context;
        this.cluster = cluster;
        this.groups = groups;
        this.inVpc = Ec2Kind.filter("vpc-id", cluster.resourcesVpcConfig().vpcId());
    }

    CompletableFuture<NetworkPath> read() {
        CompletableFuture<List<Subnet>> subnets = subnets();
        CompletableFuture<List<RouteTable>> tables = context.async(
                "ec2:DescribeRouteTables",
                () -> context.ec2().describeRouteTablesPaginator(r -> r.filters(inVpc)).routeTables().stream()
                        .toList());
        CompletableFuture<List<NetworkAcl>> acls = context.async(
                "ec2:DescribeNetworkAcls",
                () -> context.ec2().describeNetworkAclsPaginator(r -> r.filters(inVpc)).networkAcls().stream()
                        .toList());
        CompletableFuture<List<SecurityGroup>> security = context.async(
                "ec2:DescribeSecurityGroups",
                () -> context.ec2().describeSecurityGroupsPaginator(r -> r.filters(inVpc)).securityGroups().stream()
                        .toList());
        CompletableFuture<Set<String>> services = context.async(
                "ec2:DescribeVpcEndpoints",
                () -> context.ec2().describeVpcEndpointsPaginator(r -> r.filters(inVpc)).vpcEndpoints().stream()
                        .map(VpcEndpoint::serviceName)
                        .collect(Collectors.toSet()));
        CompletableFuture<Boolean> dns = context.async(
                "ec2:DescribeVpcAttribute",
                () -> context.ec2()
                        .describeVpcAttribute(
                                r -> r.vpcId(cluster.resourcesVpcConfig().vpcId())
                                        .attribute(VpcAttributeName.ENABLE_DNS_SUPPORT))
                        .enableDnsSupport()
                        .value());
        return CompletableFuture.allOf(subnets, tables, acls, security, services, dns)
                .thenApply(done -> new NetworkPath(
                        subnets.join(), tables.join(), acls.join(), security.join(), services.join(), dns.join()));
    }

    private CompletableFuture<List<Subnet>> subnets() {
        Set<String> ids =
                groups.stream().flatMap(group -> group.subnets().stream()).collect(Collectors.toSet());
        return context.async(
                "ec2:DescribeSubnets",
                () -> context.ec2().describeSubnetsPaginator(r -> r.filters(inVpc)).subnets().stream()
                        .filter(subnet -> ids.contains(subnet.subnetId()))
                        .toList());
    }
}
