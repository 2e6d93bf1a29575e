// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.facts;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ec2Kind;
import io.osmo.backend.aws.internal.network.DefaultRoutes;
import io.osmo.backend.aws.internal.network.VpcNetwork;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spi.provider.Facts;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Subnet;

/**
 * The VPC of a cluster.
 *
 * @param cidrs its IPv4 ranges
 * @param subnets all of its subnets
 */
record VpcFacts(String id, Fact<List<String>> cidrs, Fact<List<Subnet>> subnets, Fact<DefaultRoutes> routes) {
    static CompletableFuture<VpcFacts> read(AwsContext context, String id) {
        Filter inVpc = Ec2Kind.filter("vpc-id", id);
        CompletableFuture<Fact<List<String>>> cidrs = Facts.of(context.async(
                "ec2:DescribeVpcs",
                () -> context.ec2().describeVpcs(r -> r.filters(inVpc)).vpcs().stream()
                        .flatMap(vpc -> VpcNetwork.ranges(vpc).stream())
                        .toList()));
        CompletableFuture<Fact<List<Subnet>>> subnets = Facts.of(context.async(
                "ec2:DescribeSubnets",
                () -> context.ec2().describeSubnetsPaginator(r -> r.filters(inVpc)).subnets().stream()
                        .toList()));
        CompletableFuture<Fact<DefaultRoutes>> routes = Facts.of(context.async(
                "ec2:DescribeRouteTables",
                () -> new DefaultRoutes(
                        context.ec2().describeRouteTablesPaginator(r -> r.filters(inVpc)).routeTables().stream()
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
}
