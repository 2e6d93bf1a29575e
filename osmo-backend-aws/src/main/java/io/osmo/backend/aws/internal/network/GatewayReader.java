// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.network;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Reads the ways out of the backend's VPC: internet gateway, addresses, NAT gateways, private endpoints. One round trip. */
public final class GatewayReader implements Reader<AwsContext> {
    public static final Reader<AwsContext> INSTANCE = new GatewayReader();

    private GatewayReader() {}

    @Override
    public Needs needs(Optional<BackendSpec> spec) {
        return Needs.reading(
                "ec2:DescribeInternetGateways",
                "ec2:DescribeNatGateways",
                "ec2:DescribeAddresses",
                "ec2:DescribeVpcEndpoints",
                "ec2:DescribeSecurityGroups");
    }

    @Override
    public CompletableFuture<Reading> read(Observation<AwsContext> observation) {
        AwsContext context = observation.context();
        return Reading.all(List.of(
                VpcInternetGateway.GATEWAYS.ours(context),
                ElasticIp.ADDRESSES.ours(context),
                VpcNatGateway.GATEWAYS.ours(context),
                ServiceEndpoint.ENDPOINTS.ours(context),
                Ec2SecurityGroup.GROUPS.ours(context)));
    }
}
