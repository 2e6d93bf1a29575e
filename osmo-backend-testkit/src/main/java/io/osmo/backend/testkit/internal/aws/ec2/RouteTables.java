// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.ec2;

import io.osmo.backend.testkit.internal.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.*;

/** Route tables and their associations with subnets. */
final class RouteTables {
    private final Ec2 ec2;
    private final Query<RouteTable> query;

    RouteTables(Ec2 ec2) {
        this.ec2 = ec2;
        this.query = new Query<RouteTable>(ec2, "route-table-id", RouteTable::routeTableId)
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

    /** The main route table, which is created with a VPC. */
    static void createMain(Ec2 ec2, Vpc vpc) {
        String id = ec2.account.newId("rtb");
        ec2.routeTables.put(
                id,
                table(ec2, id, vpc)
                        .associations(RouteTableAssociation.builder()
                                .main(true)
                                .routeTableAssociationId(ec2.account.newId("rtbassoc"))
                                .routeTableId(id)
                                .associationState(s -> s.state(RouteTableAssociationStateCode.ASSOCIATED))
                                .build())
                        .build());
    }

    static boolean isMain(RouteTable table) {
        return table.associations().stream().anyMatch(a -> Boolean.TRUE.equals(a.main()));
    }

    /** Puts an association into a state; returns whether it is one. */
    static boolean plantState(Ec2 ec2, String id, String state) {
        Optional<RouteTable> table = ec2.routeTables
                .where(each -> each.associations().stream()
                        .anyMatch(a -> a.routeTableAssociationId().equals(id)))
                .findFirst();
        table.ifPresent(each -> ec2.routeTables.put(
                each.routeTableId(),
                each.toBuilder()
                        .associations(each.associations().stream()
                                .map(a -> a.routeTableAssociationId().equals(id)
                                        ? a.toBuilder()
                                                .associationState(s -> s.state(state))
                                                .build()
                                        : a)
                                .toList())
                        .build()));
        return table.isPresent();
    }

    /** Removes the association of a deleted subnet. */
    static void forgetSubnet(Ec2 ec2, String subnetId) {
        for (RouteTable table : ec2.routeTables.all()) {
            ec2.routeTables.put(
                    table.routeTableId(),
                    table.toBuilder()
                            .associations(table.associations().stream()
                                    .filter(a -> !subnetId.equals(a.subnetId()))
                                    .toList())
                            .build());
        }
    }

    CreateRouteTableResponse createRouteTable(CreateRouteTableRequest r) {
        return ec2.account.once(r, r.clientToken(), () -> {
            Vpc vpc = ec2.vpcs.get(r.vpcId());
            var tags = ResourceTags.requested("route-table", r.tagSpecifications());
            String id = ec2.account.newId("rtb");
            ec2.tags.put(id, tags);
            RouteTable table = ec2.routeTables.put(id, table(ec2, id, vpc).build());
            return CreateRouteTableResponse.builder()
                    .routeTable(described(table))
                    .build();
        });
    }

    DescribeRouteTablesResponse describeRouteTables(DescribeRouteTablesRequest r) {
        Page<RouteTable> page =
                query.page(ec2.routeTables, r.routeTableIds(), r.filters(), r.maxResults(), r.nextToken());
        return DescribeRouteTablesResponse.builder()
                .routeTables(page.items().stream().map(this::described).toList())
                .nextToken(page.next())
                .build();
    }

    DeleteRouteTableResponse deleteRouteTable(DeleteRouteTableRequest r) {
        RouteTable table = ec2.routeTables.get(r.routeTableId());
        if (!table.associations().isEmpty()) {
            throw Ec2Errors.of(
                    "DependencyViolation",
                    "The routeTable '" + r.routeTableId() + "' has dependencies and cannot be deleted.");
        }
        ec2.routeTables.remove(r.routeTableId());
        ec2.tags.remove(r.routeTableId());
        return DeleteRouteTableResponse.builder().build();
    }

    AssociateRouteTableResponse associateRouteTable(AssociateRouteTableRequest r) {
        RouteTable table = ec2.routeTables.get(r.routeTableId());
        Subnet subnet = ec2.subnets.get(r.subnetId());
        if (!subnet.vpcId().equals(table.vpcId())) {
            throw Ec2Errors.of(
                    "InvalidParameterValue",
                    "Route table " + r.routeTableId() + " and subnet " + r.subnetId()
                            + " belong to different networks");
        }
        for (RouteTable other : ec2.routeTables.all()) {
            for (RouteTableAssociation known : other.associations()) {
                if (r.subnetId().equals(known.subnetId())) {
                    if (other.routeTableId().equals(r.routeTableId())) {
                        return AssociateRouteTableResponse.builder()
                                .associationId(known.routeTableAssociationId())
                                .associationState(known.associationState())
                                .build();
                    }
                    throw Ec2Errors.of(
                            "Resource.AlreadyAssociated",
                            "the specified association for route table " + r.routeTableId()
                                    + " conflicts with an existing association");
                }
            }
        }
        RouteTableAssociation association = RouteTableAssociation.builder()
                .main(false)
                .routeTableAssociationId(ec2.account.newId("rtbassoc"))
                .routeTableId(r.routeTableId())
                .subnetId(r.subnetId())
                .associationState(s -> s.state(RouteTableAssociationStateCode.ASSOCIATED))
                .build();
        List<RouteTableAssociation> associations = new ArrayList<>(table.associations());
        associations.add(association);
        ec2.routeTables.update(
                r.routeTableId(), t -> t.toBuilder().associations(associations).build());
        return AssociateRouteTableResponse.builder()
                .associationId(association.routeTableAssociationId())
                .associationState(association.associationState())
                .build();
    }

    DisassociateRouteTableResponse disassociateRouteTable(DisassociateRouteTableRequest r) {
        RouteTable table = withAssociation(r.associationId());
        ec2.routeTables.update(
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
                .orElseThrow(() -> Ec2Errors.of("InvalidParameterValue", "the main association cannot be moved here"));
        ec2.routeTables.get(r.routeTableId());
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
        return ec2.routeTables
                .where(t -> t.associations().stream()
                        .anyMatch(a -> a.routeTableAssociationId().equals(associationId)))
                .findFirst()
                .orElseThrow(
                        () -> Ec2Errors.notFound("InvalidAssociationID.NotFound", "association ID", associationId));
    }

    private static RouteTable.Builder table(Ec2 ec2, String id, Vpc vpc) {
        return RouteTable.builder()
                .routeTableId(id)
                .vpcId(vpc.vpcId())
                .ownerId(ec2.account.id())
                .routes(Route.builder()
                        .destinationCidrBlock(vpc.cidrBlock())
                        .gatewayId("local")
                        .origin(RouteOrigin.CREATE_ROUTE_TABLE)
                        .state(RouteState.ACTIVE)
                        .build());
    }

    /** Routes to deleted targets are shown as black holes. */
    private RouteTable described(RouteTable table) {
        return table.toBuilder()
                .tags(ec2.tags.of(table.routeTableId()))
                .routes(table.routes().stream().map(this::described).toList())
                .build();
    }

    private Route described(Route route) {
        boolean natGone = route.natGatewayId() != null
                && ec2.natGateways
                        .find(route.natGatewayId())
                        .filter(n -> n.state() == NatGatewayState.PENDING || n.state() == NatGatewayState.AVAILABLE)
                        .isEmpty();
        boolean gatewayGone = route.gatewayId() != null
                && route.gatewayId().startsWith("igw-")
                && ec2.internetGateways
                        .find(route.gatewayId())
                        .filter(g -> !g.attachments().isEmpty())
                        .isEmpty();
        return natGone || gatewayGone
                ? route.toBuilder().state(RouteState.BLACKHOLE).build()
                : route;
    }
}
