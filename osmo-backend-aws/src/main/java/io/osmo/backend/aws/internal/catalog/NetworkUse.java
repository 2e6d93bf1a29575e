// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.catalog;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ec2Kind;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spi.provider.Facts;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.NatGateway;
import software.amazon.awssdk.services.ec2.model.Subnet;

/**
 * How many objects of the network an account has in a region, of this backend and of others.
 *
 * @param natGateways by zone; those that are being deleted count too, see <a
 *     href="https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html">quotas of Amazon VPC</a>
 */
public record NetworkUse(
        Fact<Long> vpcs, Fact<Long> addresses, Fact<Long> internetGateways, Fact<Map<String, Long>> natGateways) {
    private static final int PAGE = 1000;

    /** Reads with five calls at the same time. */
    public static CompletableFuture<NetworkUse> read(AwsContext context) {
        Ec2Client ec2 = context.ec2();
        CompletableFuture<Fact<Long>> vpcs = count(
                context,
                "ec2:DescribeVpcs",
                () -> ec2.describeVpcsPaginator(r -> r.maxResults(PAGE)).vpcs().stream()
                        .count());
        CompletableFuture<Fact<Long>> addresses = count(context, "ec2:DescribeAddresses", () ->
                (long) ec2.describeAddresses().addresses().size());
        CompletableFuture<Fact<Long>> gateways = count(
                context,
                "ec2:DescribeInternetGateways",
                () -> ec2.describeInternetGatewaysPaginator(r -> r.maxResults(PAGE)).internetGateways().stream()
                        .count());
        CompletableFuture<Fact<List<NatGateway>>> nats = Facts.of(context.async(
                "ec2:DescribeNatGateways",
                () -> ec2
                        .describeNatGatewaysPaginator(r ->
                                r.maxResults(PAGE).filter(Ec2Kind.filter("state", "pending", "available", "deleting")))
                        .natGateways()
                        .stream()
                        .toList()));
        CompletableFuture<Fact<Map<String, String>>> zones = Facts.of(context.async(
                "ec2:DescribeSubnets",
                () -> ec2.describeSubnetsPaginator(r -> r.maxResults(PAGE)).subnets().stream()
                        .collect(Collectors.toMap(Subnet::subnetId, Subnet::availabilityZone))));
        return CompletableFuture.allOf(vpcs, addresses, gateways, nats, zones)
                .thenApply(done -> new NetworkUse(
                        vpcs.join(),
                        addresses.join(),
                        gateways.join(),
                        Facts.both(nats.join(), zones.join(), NetworkUse::byZone)));
    }

    private static Map<String, Long> byZone(List<NatGateway> gateways, Map<String, String> zones) {
        return gateways.stream()
                .collect(Collectors.groupingBy(
                        gateway -> zones.getOrDefault(gateway.subnetId(), ""), Collectors.counting()));
    }

    private static CompletableFuture<Fact<Long>> count(AwsContext context, String operation, Supplier<Long> count) {
        return Facts.of(context.async(operation, count));
    }
}
