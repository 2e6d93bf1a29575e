// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.network;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteState;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociation;
import software.amazon.awssdk.services.ec2.model.Subnet;

/**
 * Where the default routes of a VPC lead, whoever made it; an attachment for an existing VPC.
 *
 * @param tables all route tables of the VPC
 */
public record DefaultRoutes(List<RouteTable> tables) {
    private static final String INTERNET_GATEWAY = "igw-";

    public DefaultRoutes {
        tables = List.copyOf(tables);
    }

    /**
     * Target of a subnet's default route, such as {@code nat-0abc}; a subnet without its own route table uses the main one. Empty
     * if there is no default route, if its target no longer exists, or if it is an internet gateway but machines in the subnet
     * get no public address.
     */
    public Optional<String> wayOut(Subnet subnet) {
        return table(subnet.subnetId())
                .flatMap(VpcRoute::in)
                .filter(route -> route.state() != RouteState.BLACKHOLE)
                .flatMap(DefaultRoutes::target)
                .filter(target ->
                        !target.startsWith(INTERNET_GATEWAY) || Boolean.TRUE.equals(subnet.mapPublicIpOnLaunch()));
    }

    private Optional<RouteTable> table(String subnetId) {
        return tables.stream()
                .filter(t -> t.associations().stream().anyMatch(a -> subnetId.equals(a.subnetId())))
                .findFirst()
                .or(() -> tables.stream()
                        .filter(t -> t.associations().stream().anyMatch(RouteTableAssociation::main))
                        .findFirst());
    }

    /** Routes of others may lead through more than gateways. */
    private static Optional<String> target(Route route) {
        return Stream.of(
                        route.natGatewayId(),
                        route.gatewayId(),
                        route.transitGatewayId(),
                        route.coreNetworkArn(),
                        route.localGatewayId(),
                        route.networkInterfaceId(),
                        route.instanceId(),
                        route.vpcPeeringConnectionId())
                .filter(Objects::nonNull)
                .findFirst();
    }
}
