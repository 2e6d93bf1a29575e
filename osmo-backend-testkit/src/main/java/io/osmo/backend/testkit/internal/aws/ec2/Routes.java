// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.ec2;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.*;

/** Routes in route tables. */
final class Routes {
    private final Ec2 ec2;

    Routes(Ec2 ec2) {
        this.ec2 = ec2;
    }

    CreateRouteResponse createRoute(CreateRouteRequest r) {
        RouteTable table = ec2.routeTables.get(r.routeTableId());
        Cidrs.range(r.destinationCidrBlock());
        if (find(table, r.destinationCidrBlock()) != null) {
            throw Ec2Errors.of(
                    "RouteAlreadyExists", "The route identified by " + r.destinationCidrBlock() + " already exists.");
        }
        checkTarget(table, r.gatewayId(), r.natGatewayId());
        List<Route> routes = new ArrayList<>(table.routes());
        routes.add(route(r.destinationCidrBlock(), r.gatewayId(), r.natGatewayId()));
        ec2.routeTables.update(
                r.routeTableId(), t -> t.toBuilder().routes(routes).build());
        return CreateRouteResponse.builder().returnValue(true).build();
    }

    ReplaceRouteResponse replaceRoute(ReplaceRouteRequest r) {
        RouteTable table = ec2.routeTables.get(r.routeTableId());
        Route old = find(table, r.destinationCidrBlock());
        if (old == null) {
            throw Ec2Errors.of(
                    "InvalidParameterValue",
                    "There is no route defined for '" + r.destinationCidrBlock() + "' in the route table.");
        }
        checkTarget(table, r.gatewayId(), r.natGatewayId());
        List<Route> routes = new ArrayList<>(table.routes());
        routes.set(routes.indexOf(old), route(r.destinationCidrBlock(), r.gatewayId(), r.natGatewayId()));
        ec2.routeTables.update(
                r.routeTableId(), t -> t.toBuilder().routes(routes).build());
        return ReplaceRouteResponse.builder().build();
    }

    DeleteRouteResponse deleteRoute(DeleteRouteRequest r) {
        RouteTable table = ec2.routeTables.get(r.routeTableId());
        Route old = find(table, r.destinationCidrBlock());
        if (old == null) {
            throw Ec2Errors.of(
                    "InvalidRoute.NotFound",
                    "no route with destination-cidr-block " + r.destinationCidrBlock() + " in route table "
                            + r.routeTableId());
        }
        List<Route> routes = new ArrayList<>(table.routes());
        routes.remove(old);
        ec2.routeTables.update(
                r.routeTableId(), t -> t.toBuilder().routes(routes).build());
        return DeleteRouteResponse.builder().build();
    }

    private void checkTarget(RouteTable table, @Nullable String gateway, @Nullable String nat) {
        if ((gateway == null) == (nat == null)) {
            throw Ec2Errors.of("MissingParameter", "Exactly one target of the route must be given");
        }
        if (nat != null) {
            NatGateway target = ec2.natGateways
                    .find(nat)
                    .filter(n -> n.state() == NatGatewayState.PENDING || n.state() == NatGatewayState.AVAILABLE)
                    .orElseThrow(() -> Ec2Errors.notFound("InvalidNatGatewayID.NotFound", "natGateway ID", nat));
            requireSameVpc(table, target.vpcId(), nat);
        }
        if (gateway != null) {
            InternetGateway target = ec2.internetGateways
                    .find(gateway)
                    .orElseThrow(() -> Ec2Errors.notFound("InvalidGatewayID.NotFound", "gateway ID", gateway));
            requireSameVpc(
                    table,
                    target.attachments().isEmpty()
                            ? "none"
                            : target.attachments().get(0).vpcId(),
                    gateway);
        }
    }

    private static void requireSameVpc(RouteTable table, String vpc, String target) {
        if (!vpc.equals(table.vpcId())) {
            throw Ec2Errors.of(
                    "InvalidParameterValue",
                    "route table " + table.routeTableId() + " and network gateway " + target
                            + " belong to different networks");
        }
    }

    private static @Nullable Route find(RouteTable table, String destination) {
        return table.routes().stream()
                .filter(route -> destination.equals(route.destinationCidrBlock()))
                .findFirst()
                .orElse(null);
    }

    private static Route route(String destination, @Nullable String gateway, @Nullable String nat) {
        return Route.builder()
                .destinationCidrBlock(destination)
                .gatewayId(gateway)
                .natGatewayId(nat)
                .origin(RouteOrigin.CREATE_ROUTE)
                .state(RouteState.ACTIVE)
                .build();
    }
}
