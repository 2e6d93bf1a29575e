// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.network;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ec2Resource;
import io.osmo.backend.aws.internal.Reader;
import io.osmo.backend.aws.internal.Tags;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.provider.Reading;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.InternetGateway;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

/** Reads the ways out of our VPC: internet gateway, addresses, NAT gateways, private endpoints. One round trip. */
final class GatewayReader implements Reader {
    @Override
    public CompletableFuture<Reading> read(AwsContext aws, Optional<BackendSpec> spec) {
        List<Filter> ours = Ec2Resource.ours(aws);
        return Reading.all(List.of(
                aws.async(
                                "ec2:DescribeInternetGateways",
                                () -> aws.clients().ec2().describeInternetGateways(r -> r.filters(ours)))
                        .thenApply(answer -> Tags.sorted(
                                aws,
                                answer.internetGateways(),
                                g -> Ec2Resource.map(g.tags()),
                                Comparator.comparing(InternetGateway::internetGatewayId))),
                aws.async("ec2:DescribeAddresses", () -> aws.clients().ec2().describeAddresses(r -> r.filters(ours)))
                        .thenApply(answer -> Tags.sorted(
                                aws,
                                answer.addresses(),
                                a -> Ec2Resource.map(a.tags()),
                                Comparator.comparing(Address::allocationId))),
                aws.async(
                                "ec2:DescribeNatGateways",
                                () -> aws
                                        .clients()
                                        .ec2()
                                        .describeNatGatewaysPaginator(r -> r.filter(ours))
                                        .natGateways()
                                        .stream()
                                        .filter(VpcNatGateway::stands)
                                        .toList())
                        .thenApply(gateways ->
                                Tags.sorted(aws, gateways, g -> Ec2Resource.map(g.tags()), VpcNatGateway.AGE)),
                aws.async(
                                "ec2:DescribeVpcEndpoints",
                                () -> aws
                                        .clients()
                                        .ec2()
                                        .describeVpcEndpointsPaginator(r -> r.filters(ours))
                                        .vpcEndpoints()
                                        .stream()
                                        .filter(ServiceEndpoint::stands)
                                        .toList())
                        .thenApply(endpoints ->
                                Tags.sorted(aws, endpoints, e -> Ec2Resource.map(e.tags()), ServiceEndpoint.AGE)),
                aws.async(
                                "ec2:DescribeSecurityGroups",
                                () -> aws.clients().ec2().describeSecurityGroups(r -> r.filters(ours)))
                        .thenApply(answer -> Tags.sorted(
                                aws,
                                answer.securityGroups(),
                                g -> Ec2Resource.map(g.tags()),
                                Comparator.comparing(SecurityGroup::groupId)))));
    }
}
