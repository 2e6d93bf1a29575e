// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.network;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.AwsResource;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import io.osmo.backend.spi.provider.Needs;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.InternetGateway;
import software.amazon.awssdk.services.ec2.model.NatGateway;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteState;
import software.amazon.awssdk.services.ec2.model.RouteTable;

/** The default route of a route table. A route has no tags; it is the backend's if its table is. */
public final class VpcRoute extends AwsResource<Route> implements Resource<Route> {
    static final String KIND = "route";

    /** What the calls below need. */
    public static final Needs NEEDS = Needs.of(KIND)
            .read("ec2:DescribeRouteTables")
            .create("ec2:CreateRoute")
            .update("ec2:ReplaceRoute")
            .delete("ec2:DeleteRoute");

    static final String EVERYWHERE = "0.0.0.0/0";

    private static final String TARGET = "target";

    private final ResourceId table;
    private final ResourceId target;

    /**
     * @param table name of the route table
     * @param target the internet gateway or a NAT gateway
     */
    VpcRoute(AwsContext context, String table, ResourceId target) {
        super(
                context,
                id(table),
                Route.class,
                Set.of(VpcRouteTable.id(table), target),
                Timing.quick(),
                "default route of " + table);
        this.table = VpcRouteTable.id(table);
        this.target = target;
    }

    static VpcRoute owned(AwsContext context, ResourceId id) {
        return new VpcRoute(
                context,
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

    private static Optional<String> targetOf(Route route) {
        return Optional.ofNullable(route.natGatewayId() != null ? route.natGatewayId() : route.gatewayId());
    }

    @Override
    public Optional<Route> read(State state) {
        return state.find(table, RouteTable.class)
                .flatMap(t -> context.find(
                                "ec2:DescribeRouteTables",
                                () -> context.ec2().describeRouteTables(r -> r.routeTableIds(t.routeTableId())))
                        .flatMap(answer -> answer.routeTables().stream().findFirst())
                        .flatMap(VpcRoute::in));
    }

    private boolean isPublic() {
        return target.equals(VpcInternetGateway.ID);
    }

    private Optional<String> wanted(State state) {
        return isPublic()
                ? state.find(target, InternetGateway.class).map(InternetGateway::internetGatewayId)
                : state.find(target, NatGateway.class).map(NatGateway::natGatewayId);
    }

    /** Connections through another gateway end, unless the present route leads nowhere. */
    @Override
    public List<FieldChange> compare(Route observed, State state) {
        Optional<String> found = targetOf(observed);
        return wanted(state).equals(found)
                ? List.of()
                : List.of(FieldChange.inPlace(
                        TARGET,
                        found.orElse("another target"),
                        target,
                        observed.state() == RouteState.BLACKHOLE ? Disruption.NONE : Disruption.OUTAGE));
    }

    @Override
    public Route create(State state) {
        String tableId = tableId(state);
        Route wanted = route(state);
        context.call(
                "ec2:CreateRoute",
                () -> context.ec2()
                        .createRoute(r -> r.routeTableId(tableId)
                                .destinationCidrBlock(EVERYWHERE)
                                .gatewayId(wanted.gatewayId())
                                .natGatewayId(wanted.natGatewayId())));
        return wanted;
    }

    @Override
    public void update(Route observed, List<FieldChange> changes, State state) {
        String tableId = tableId(state);
        Route wanted = route(state);
        context.call(
                "ec2:ReplaceRoute",
                () -> context.ec2()
                        .replaceRoute(r -> r.routeTableId(tableId)
                                .destinationCidrBlock(EVERYWHERE)
                                .gatewayId(wanted.gatewayId())
                                .natGatewayId(wanted.natGatewayId())));
    }

    private Route route(State state) {
        String targetId = wanted(state).orElseThrow();
        Route.Builder route = Route.builder().destinationCidrBlock(EVERYWHERE);
        return (isPublic() ? route.gatewayId(targetId) : route.natGatewayId(targetId)).build();
    }

    private String tableId(State state) {
        return state.require(table, RouteTable.class).routeTableId();
    }

    @Override
    public void delete(Route observed, State state) {
        String tableId = tableId(state);
        context.delete(
                "ec2:DeleteRoute",
                () -> context.ec2().deleteRoute(r -> r.routeTableId(tableId).destinationCidrBlock(EVERYWHERE)));
    }
}
