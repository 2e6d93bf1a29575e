// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.aws;

import io.osmo.backend.testkit.internal.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.services.ec2.model.*;

/** Route tables, routes, associations. */
final class Ec2Routes {
    private final AwsRegion region;
    private final Ec2Query<RouteTable> query;

    Ec2Routes(AwsRegion region) {
        this.region = region;
        this.query = new Ec2Query<RouteTable>(region, "route-table-id", RouteTable::routeTableId)
                .attribute("vpc-id", RouteTable::vpcId)
                .attributes(
                        "association.subnet-id",
                        t -> t.associations().stream()
                                .map(RouteTableAssociation::subnetId)
                                .toList())
                .attributes(
                        "association.route-table-association-id",
                        t -> t.associations().stream()
                                .map(RouteTableAssociation::routeTableAssociationId)
                                .toList())
                .attributes(
                        "association.main",
                        t -> t.associations().stream()
                                .map(a -> String.valueOf(a.main()))
                                .toList())
                .attributes(
                        "route.destination-cidr-block",
                        t -> t.routes().stream()
                                .map(Route::destinationCidrBlock)
                                .toList())
                .attributes(
                        "route.nat-gateway-id",
                        t -> t.routes().stream().map(Route::natGatewayId).toList())
                .attributes(
                        "route.gateway-id",
                        t -> t.routes().stream().map(Route::gatewayId).toList());
    }

    /** The main route table that comes with a VPC. */
    static void createMain(AwsRegion region, Vpc vpc) {
        String id = region.account.newId("rtb");
        region.routeTables.put(
                id,
                table(region, id, vpc)
                        .associations(RouteTableAssociation.builder()
                                .main(true)
                                .routeTableAssociationId(region.account.newId("rtbassoc"))
                                .routeTableId(id)
                                .associationState(s -> s.state(RouteTableAssociationStateCode.ASSOCIATED))
                                .build())
                        .build());
    }

    static boolean isMain(RouteTable table) {
        return table.associations().stream().anyMatch(a -> Boolean.TRUE.equals(a.main()));
    }

    /** A deleted subnet takes its association along. */
    static void forgetSubnet(AwsRegion region, String subnetId) {
        for (RouteTable table : region.routeTables.all()) {
            region.routeTables.put(
                    table.routeTableId(),
                    table.toBuilder()
                            .associations(table.associations().stream()
                                    .filter(a -> !subnetId.equals(a.subnetId()))
                                    .toList())
                            .build());
        }
    }

    CreateRouteTableResponse createRouteTable(CreateRouteTableRequest r) {
        return region.account.once("CreateRouteTable", r.clientToken(), () -> {
            Vpc vpc = region.vpcs.get(r.vpcId());
            var tags = region.tagsFor("route-table", r.tagSpecifications());
            String id = region.account.newId("rtb");
            region.tag(id, tags);
            RouteTable table = region.routeTables.put(id, table(region, id, vpc).build());
            return CreateRouteTableResponse.builder().routeTable(shown(table)).build();
        });
    }

    DescribeRouteTablesResponse describeRouteTables(DescribeRouteTablesRequest r) {
        Page<RouteTable> page =
                query.page(region.routeTables, r.routeTableIds(), r.filters(), r.maxResults(), r.nextToken());
        return DescribeRouteTablesResponse.builder()
                .routeTables(page.items().stream().map(this::shown).toList())
                .nextToken(page.next())
                .build();
    }

    DeleteRouteTableResponse deleteRouteTable(DeleteRouteTableRequest r) {
        RouteTable table = region.routeTables.get(r.routeTableId());
        if (!table.associations().isEmpty()) {
            throw AwsErrors.ec2(
                    "DependencyViolation",
                    "The routeTable '" + r.routeTableId() + "' has dependencies and cannot be deleted.");
        }
        region.routeTables.remove(r.routeTableId());
        region.ec2Tags.remove(r.routeTableId());
        return DeleteRouteTableResponse.builder().build();
    }

    CreateRouteResponse createRoute(CreateRouteRequest r) {
        RouteTable table = region.routeTables.get(r.routeTableId());
        Cidrs.range(r.destinationCidrBlock());
        if (find(table, r.destinationCidrBlock()) != null) {
            throw AwsErrors.ec2(
                    "RouteAlreadyExists", "The route identified by " + r.destinationCidrBlock() + " already exists.");
        }
        checkTarget(table, r.gatewayId(), r.natGatewayId());
        List<Route> routes = new ArrayList<>(table.routes());
        routes.add(route(r.destinationCidrBlock(), r.gatewayId(), r.natGatewayId()));
        region.routeTables.update(
                r.routeTableId(), t -> t.toBuilder().routes(routes).build());
        return CreateRouteResponse.builder().returnValue(true).build();
    }

    ReplaceRouteResponse replaceRoute(ReplaceRouteRequest r) {
        RouteTable table = region.routeTables.get(r.routeTableId());
        Route old = find(table, r.destinationCidrBlock());
        if (old == null) {
            throw AwsErrors.ec2(
                    "InvalidParameterValue",
                    "There is no route defined for '" + r.destinationCidrBlock() + "' in the route table.");
        }
        checkTarget(table, r.gatewayId(), r.natGatewayId());
        List<Route> routes = new ArrayList<>(table.routes());
        routes.set(routes.indexOf(old), route(r.destinationCidrBlock(), r.gatewayId(), r.natGatewayId()));
        region.routeTables.update(
                r.routeTableId(), t -> t.toBuilder().routes(routes).build());
        return ReplaceRouteResponse.builder().build();
    }

    DeleteRouteResponse deleteRoute(DeleteRouteRequest r) {
        RouteTable table = region.routeTables.get(r.routeTableId());
        Route old = find(table, r.destinationCidrBlock());
        if (old == null) {
            throw AwsErrors.ec2(
                    "InvalidRoute.NotFound",
                    "no route with destination-cidr-block " + r.destinationCidrBlock() + " in route table "
                            + r.routeTableId());
        }
        List<Route> routes = new ArrayList<>(table.routes());
        routes.remove(old);
        region.routeTables.update(
                r.routeTableId(), t -> t.toBuilder().routes(routes).build());
        return DeleteRouteResponse.builder().build();
    }

    AssociateRouteTableResponse associateRouteTable(AssociateRouteTableRequest r) {
        RouteTable table = region.routeTables.get(r.routeTableId());
        Subnet subnet = region.subnets.get(r.subnetId());
        if (!subnet.vpcId().equals(table.vpcId())) {
            throw AwsErrors.ec2(
                    "InvalidParameterValue",
                    "Route table " + r.routeTableId() + " and subnet " + r.subnetId()
                            + " belong to different networks");
        }
        for (RouteTable other : region.routeTables.all()) {
            for (RouteTableAssociation known : other.associations()) {
                if (r.subnetId().equals(known.subnetId())) {
                    if (other.routeTableId().equals(r.routeTableId())) {
                        return AssociateRouteTableResponse.builder()
                                .associationId(known.routeTableAssociationId())
                                .associationState(known.associationState())
                                .build();
                    }
                    throw AwsErrors.ec2(
                            "Resource.AlreadyAssociated",
                            "the specified association for route table " + r.routeTableId()
                                    + " conflicts with an existing association");
                }
            }
        }
        RouteTableAssociation association = RouteTableAssociation.builder()
                .main(false)
                .routeTableAssociationId(region.account.newId("rtbassoc"))
                .routeTableId(r.routeTableId())
                .subnetId(r.subnetId())
                .associationState(s -> s.state(RouteTableAssociationStateCode.ASSOCIATED))
                .build();
        List<RouteTableAssociation> associations = new ArrayList<>(table.associations());
        associations.add(association);
        region.routeTables.update(
                r.routeTableId(), t -> t.toBuilder().associations(associations).build());
        return AssociateRouteTableResponse.builder()
                .associationId(association.routeTableAssociationId())
                .associationState(association.associationState())
                .build();
    }

    DisassociateRouteTableResponse disassociateRouteTable(DisassociateRouteTableRequest r) {
        RouteTable table = withAssociation(r.associationId());
        region.routeTables.update(
                table.routeTableId(),
                t -> t.toBuilder()
                        .associations(t.associations().stream()
                                .filter(a -> !a.routeTableAssociationId().equals(r.associationId()))
                                .toList())
                        .build());
        return DisassociateRouteTableResponse.builder().build();
    }

    ReplaceRouteTableAssociationResponse replaceRouteTableAssociation(ReplaceRouteTableAssociationRequest r) {
        RouteTable old = withAssociation(r.associationId());
        String subnet = old.associations().stream()
                .filter(a -> a.routeTableAssociationId().equals(r.associationId()))
                .map(RouteTableAssociation::subnetId)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> AwsErrors.ec2("InvalidParameterValue", "the main association cannot be moved here"));
        region.routeTables.get(r.routeTableId());
        disassociateRouteTable(DisassociateRouteTableRequest.builder()
                .associationId(r.associationId())
                .build());
        return ReplaceRouteTableAssociationResponse.builder()
                .newAssociationId(associateRouteTable(AssociateRouteTableRequest.builder()
                                .routeTableId(r.routeTableId())
                                .subnetId(subnet)
                                .build())
                        .associationId())
                .build();
    }

    private RouteTable withAssociation(String associationId) {
        return region.routeTables
                .where(t -> t.associations().stream()
                        .anyMatch(a -> a.routeTableAssociationId().equals(associationId)))
                .findFirst()
                .orElseThrow(
                        () -> AwsErrors.ec2NotFound("InvalidAssociationID.NotFound", "association ID", associationId));
    }

    private void checkTarget(
            RouteTable table,
            @org.jspecify.annotations.Nullable String gateway,
            @org.jspecify.annotations.Nullable String nat) {
        if ((gateway == null) == (nat == null)) {
            throw AwsErrors.ec2("MissingParameter", "Exactly one target of the route must be given");
        }
        if (nat != null) {
            NatGateway target = region.natGateways
                    .find(nat)
                    .filter(n -> n.state() == NatGatewayState.PENDING || n.state() == NatGatewayState.AVAILABLE)
                    .orElseThrow(() -> AwsErrors.ec2NotFound("InvalidNatGatewayID.NotFound", "natGateway ID", nat));
            requireSameVpc(table, target.vpcId(), nat);
        }
        if (gateway != null) {
            InternetGateway target = region.internetGateways
                    .find(gateway)
                    .orElseThrow(() -> AwsErrors.ec2NotFound("InvalidGatewayID.NotFound", "gateway ID", gateway));
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
            throw AwsErrors.ec2(
                    "InvalidParameterValue",
                    "route table " + table.routeTableId() + " and network gateway " + target
                            + " belong to different networks");
        }
    }

    private static @org.jspecify.annotations.Nullable Route find(RouteTable table, String destination) {
        return table.routes().stream()
                .filter(route -> destination.equals(route.destinationCidrBlock()))
                .findFirst()
                .orElse(null);
    }

    private static Route route(
            String destination,
            @org.jspecify.annotations.Nullable String gateway,
            @org.jspecify.annotations.Nullable String nat) {
        return Route.builder()
                .destinationCidrBlock(destination)
                .gatewayId(gateway)
                .natGatewayId(nat)
                .origin(RouteOrigin.CREATE_ROUTE)
                .state(RouteState.ACTIVE)
                .build();
    }

    private static RouteTable.Builder table(AwsRegion region, String id, Vpc vpc) {
        return RouteTable.builder()
                .routeTableId(id)
                .vpcId(vpc.vpcId())
                .ownerId(region.account.id())
                .routes(Route.builder()
                        .destinationCidrBlock(vpc.cidrBlock())
                        .gatewayId("local")
                        .origin(RouteOrigin.CREATE_ROUTE_TABLE)
                        .state(RouteState.ACTIVE)
                        .build());
    }

    /** Routes to what no longer exists are shown as black holes. */
    private RouteTable shown(RouteTable table) {
        return table.toBuilder()
                .tags(region.tags(table.routeTableId()))
                .routes(table.routes().stream().map(this::shown).toList())
                .build();
    }

    private Route shown(Route route) {
        boolean natGone = route.natGatewayId() != null
                && region.natGateways
                        .find(route.natGatewayId())
                        .filter(n -> n.state() == NatGatewayState.PENDING || n.state() == NatGatewayState.AVAILABLE)
                        .isEmpty();
        boolean gatewayGone = route.gatewayId() != null
                && route.gatewayId().startsWith("igw-")
                && region.internetGateways
                        .find(route.gatewayId())
                        .filter(g -> !g.attachments().isEmpty())
                        .isEmpty();
        return natGone || gatewayGone
                ? route.toBuilder().state(RouteState.BLACKHOLE).build()
                : route;
    }
}
