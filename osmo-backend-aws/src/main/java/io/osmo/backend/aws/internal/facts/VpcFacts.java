// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.facts;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ec2Resource;
import io.osmo.backend.aws.internal.network.DefaultRoutes;
import io.osmo.backend.cluster.CloudFacts.Firewalls;
import io.osmo.backend.cluster.CloudFacts.NetworkFacts;
import io.osmo.backend.cluster.Fact;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.VpcCidrBlockAssociation;
import software.amazon.awssdk.services.ec2.model.VpcCidrBlockStateCode;
import software.amazon.awssdk.services.eks.model.Cluster;
import software.amazon.awssdk.services.eks.model.Nodegroup;

/**
 * The VPC of a cluster (NW-1, NW-2).
 *
 * @param cidrs its IPv4 ranges
 * @param subnets all of its subnets
 */
record VpcFacts(String id, Fact<List<String>> cidrs, Fact<List<Subnet>> subnets, Fact<DefaultRoutes> routes) {

    static CompletableFuture<Fact<VpcFacts>> read(AwsContext aws, CompletableFuture<Fact<Cluster>> cluster) {
        return Facts.then(
                cluster, found -> read(aws, found.resourcesVpcConfig().vpcId()).thenApply(Fact::of));
    }

    private static CompletableFuture<VpcFacts> read(AwsContext aws, String id) {
        var inVpc = Ec2Resource.filter("vpc-id", id);
        CompletableFuture<Fact<List<String>>> cidrs = Facts.of(aws.async(
                "ec2:DescribeVpcs",
                () -> aws.clients().ec2().describeVpcs(r -> r.filters(inVpc)).vpcs().stream()
                        .flatMap(vpc -> vpc.cidrBlockAssociationSet().stream())
                        .filter(range -> range.cidrBlockState() == null
                                || range.cidrBlockState().state() == VpcCidrBlockStateCode.ASSOCIATED)
                        .map(VpcCidrBlockAssociation::cidrBlock)
                        .toList()));
        CompletableFuture<Fact<List<Subnet>>> subnets = Facts.of(aws.async(
                "ec2:DescribeSubnets",
                () -> aws.clients().ec2().describeSubnetsPaginator(r -> r.filters(inVpc)).subnets().stream()
                        .toList()));
        CompletableFuture<Fact<DefaultRoutes>> routes = Facts.of(aws.async(
                "ec2:DescribeRouteTables",
                () -> new DefaultRoutes(
                        aws.clients().ec2().describeRouteTablesPaginator(r -> r.filters(inVpc)).routeTables().stream()
                                .toList())));
        return CompletableFuture.allOf(cidrs, subnets, routes)
                .thenApply(done -> new VpcFacts(id, cidrs.join(), subnets.join(), routes.join()));
    }

    /** Zones of some subnets, sorted. */
    Fact<List<String>> zones(Collection<String> subnetIds) {
        return subnets.map(all -> all.stream()
                .filter(subnet -> subnetIds.contains(subnet.subnetId()))
                .map(Subnet::availabilityZone)
                .distinct()
                .sorted()
                .toList());
    }

    /** The network as verification sees it: with the subnets of the node groups, or of the cluster as long as it has none. */
    static CompletableFuture<Fact<NetworkFacts>> network(
            CompletableFuture<Fact<Cluster>> cluster,
            CompletableFuture<Fact<List<Nodegroup>>> groups,
            CompletableFuture<Fact<VpcFacts>> vpc,
            CompletableFuture<Fact<List<Firewalls>>> firewalls) {
        return CompletableFuture.allOf(cluster, groups, vpc, firewalls)
                .thenApply(done -> cluster.join()
                        .flatMap(its -> groups.join()
                                .flatMap(nodes ->
                                        vpc.join().flatMap(known -> known.network(its, nodes, firewalls.join())))));
    }

    private Fact<NetworkFacts> network(Cluster cluster, List<Nodegroup> groups, Fact<List<Firewalls>> firewalls) {
        Set<String> ofNodes = groups.stream()
                .flatMap(group -> group.subnets().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        if (ofNodes.isEmpty()) {
            ofNodes.addAll(cluster.resourcesVpcConfig().subnetIds());
        }
        return Facts.both(
                cidrs,
                subnets,
                (ranges, all) -> new NetworkFacts(
                        id,
                        ranges,
                        Stream.ofNullable(cluster.kubernetesNetworkConfig())
                                .flatMap(config -> Stream.ofNullable(config.serviceIpv4Cidr()))
                                .findFirst(),
                        all.stream()
                                .filter(subnet -> ofNodes.contains(subnet.subnetId()))
                                .map(this::subnet)
                                .toList(),
                        firewalls));
    }

    private NetworkFacts.Subnet subnet(Subnet subnet) {
        return new NetworkFacts.Subnet(
                subnet.subnetId(),
                subnet.availabilityZone(),
                subnet.cidrBlock(),
                subnet.availableIpAddressCount(),
                routes.map(known -> known.wayOut(subnet)));
    }
}
