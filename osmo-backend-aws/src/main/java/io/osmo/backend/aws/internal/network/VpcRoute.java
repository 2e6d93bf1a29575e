// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.network;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.AwsResource;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.InternetGateway;
import software.amazon.awssdk.services.ec2.model.NatGateway;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteTable;

/** The default route of a route table. Ours because its table is; a route has no tags. */
public final class VpcRoute extends AwsResource<Route> {
    static final String KIND = "route";
    static final String EVERYWHERE = "0.0.0.0/0";

    private static final String TARGET = "target";

    private final ResourceId table;
    private final ResourceId target;

    /**
     * @param table name of the route table
     * @param target the internet gateway or a NAT gateway
     */
    VpcRoute(AwsContext aws, String table, ResourceId target) {
        super(
                aws,
                id(table),
                Route.class,
                Set.of(VpcRouteTable.id(table), target),
                Timing.quick(),
                "default route of " + table);
        this.table = VpcRouteTable.id(table);
        this.target = target;
    }

    static VpcRoute owned(AwsContext aws, ResourceId id, Route observed) {
        return new VpcRoute(
                aws,
                id.name(),
                id.name().equals(VpcRouteTable.PUBLIC)
                        ? VpcInternetGateway.ID
                        : VpcNatGateway.id(id.name().replaceFirst("^private-", "")));
    }

    static ResourceId id(String table) {
        return ResourceId.of(KIND, table);
    }

    static Optional<Route> in(RouteTable table) {
        return table.routes().stream()
                .filter(route -> EVERYWHERE.equals(route.destinationCidrBlock()))
                .findFirst();
    }

    /** What a default route points to; null when to something that we do not know. */
    static @Nullable String targetOf(Route route) {
        return route.natGatewayId() != null ? route.natGatewayId() : route.gatewayId();
    }

    /** Likewise of a route that others made, which may lead through more than gateways. */
    static @Nullable String anyTarget(Route route) {
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
                .findFirst()
                .orElse(null);
    }

    @Override
    public Optional<Route> read(State state) {
        return state.find(table, RouteTable.class)
                .flatMap(t -> aws.find(
                                "ec2:DescribeRouteTables",
                                () -> aws.clients().ec2().describeRouteTables(r -> r.routeTableIds(t.routeTableId())))
                        .flatMap(answer -> answer.routeTables().stream().findFirst())
                        .flatMap(VpcRoute::in));
    }

    private Optional<String> wanted(State state) {
        return target.equals(VpcInternetGateway.ID)
                ? state.find(target, InternetGateway.class).map(InternetGateway::internetGatewayId)
                : state.find(target, NatGateway.class).map(NatGateway::natGatewayId);
    }

    @Override
    public List<FieldChange> compare(Route observed, State state) {
        String stands = targetOf(observed);
        return wanted(state).equals(Optional.ofNullable(stands))
                ? List.of()
                : List.of(FieldChange.inPlace(TARGET, String.valueOf(stands), target));
    }

    @Override
    public Route create(State state) {
        String tableId = state.require(table, RouteTable.class).routeTableId();
        String targetId = wanted(state).orElseThrow();
        aws.call(
                "ec2:CreateRoute",
                () -> aws.clients().ec2().createRoute(r -> {
                    r.routeTableId(tableId).destinationCidrBlock(EVERYWHERE);
                    if (target.equals(VpcInternetGateway.ID)) {
                        r.gatewayId(targetId);
                    } else {
                        r.natGatewayId(targetId);
                    }
                }));
        Route.Builder made = Route.builder().destinationCidrBlock(EVERYWHERE);
        return target.equals(VpcInternetGateway.ID)
                ? made.gatewayId(targetId).build()
                : made.natGatewayId(targetId).build();
    }

    @Override
    public void update(Route observed, List<FieldChange> changes, State state) {
        String tableId = state.require(table, RouteTable.class).routeTableId();
        String targetId = wanted(state).orElseThrow();
        aws.call(
                "ec2:ReplaceRoute",
                () -> aws.clients().ec2().replaceRoute(r -> {
                    r.routeTableId(tableId).destinationCidrBlock(EVERYWHERE);
                    if (target.equals(VpcInternetGateway.ID)) {
                        r.gatewayId(targetId);
                    } else {
                        r.natGatewayId(targetId);
                    }
                }));
    }

    @Override
    public void delete(Route observed, State state) {
        String tableId = state.require(table, RouteTable.class).routeTableId();
        aws.delete(
                "ec2:DeleteRoute",
                () -> aws.clients()
                        .ec2()
                        .deleteRoute(r -> r.routeTableId(tableId).destinationCidrBlock(EVERYWHERE)));
    }
}
