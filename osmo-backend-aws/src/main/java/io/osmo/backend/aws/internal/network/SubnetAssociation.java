// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.network;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.AwsErrorTable;
import io.osmo.backend.aws.internal.AwsResource;
import io.osmo.backend.aws.internal.Ec2Kind;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import io.osmo.backend.spi.provider.Needs;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociation;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociationStateCode;
import software.amazon.awssdk.services.ec2.model.Subnet;

/** The association of one of the backend's subnets with a route table. It has no tags and is identified by its subnet. */
public final class SubnetAssociation extends AwsResource<RouteTableAssociation>
        implements Resource<RouteTableAssociation> {

    static final String KIND = "route-table-association";

    /** What the calls below need. */
    public static final Needs NEEDS = Needs.of(KIND)
            .read("ec2:DescribeRouteTables")
            .create("ec2:AssociateRouteTable")
            .update("ec2:ReplaceRouteTableAssociation")
            .delete("ec2:DisassociateRouteTable");

    private static final String TABLE = "routeTableId";

    private final ResourceId subnet;
    private final ResourceId table;

    SubnetAssociation(AwsContext context, ResourceId subnet) {
        super(
                context,
                id(subnet),
                RouteTableAssociation.class,
                Set.of(subnet, tableOf(subnet)),
                Timing.quick(),
                "route table of subnet " + subnet.name());
        this.subnet = subnet;
        this.table = tableOf(subnet);
    }

    static SubnetAssociation owned(AwsContext context, ResourceId id) {
        return new SubnetAssociation(context, ResourceId.of(VpcSubnet.KIND, id.name()));
    }

    static ResourceId tableOf(ResourceId subnet) {
        return VpcRouteTable.id(subnet.name().startsWith("public-") ? VpcRouteTable.PUBLIC : subnet.name());
    }

    static ResourceId id(ResourceId subnet) {
        return ResourceId.of(KIND, subnet.name());
    }

    @Override
    public Optional<RouteTableAssociation> read(State state) {
        return state.find(subnet, Subnet.class)
                .map(Subnet::subnetId)
                .flatMap(id ->
                        VpcRouteTable.TABLES
                                .list(context, List.of(Ec2Kind.filter("association.subnet-id", id)))
                                .stream()
                                .flatMap(t -> t.associations().stream())
                                .filter(a -> id.equals(a.subnetId()) && exists(a))
                                .findFirst());
    }

    static boolean exists(RouteTableAssociation association) {
        return association.associationState() == null
                || association.associationState().state() != RouteTableAssociationStateCode.DISASSOCIATED;
    }

    @Override
    public Readiness readiness(RouteTableAssociation observed) {
        if (observed.associationState() == null) {
            return Readiness.ready();
        }
        return switch (observed.associationState().state()) {
            case ASSOCIATING -> Readiness.pending("associating");
            case DISASSOCIATING -> Readiness.deleting();
            case FAILED ->
                AwsErrorTable.table()
                        .failed(
                                "",
                                AwsErrorTable.STATE + "route-table-association-failed",
                                Objects.requireNonNullElse(
                                        observed.associationState().statusMessage(), "failed"));
            default -> Readiness.ready();
        };
    }

    @Override
    public List<FieldChange> compare(RouteTableAssociation observed, State state) {
        return state.find(table, RouteTable.class)
                        .map(RouteTable::routeTableId)
                        .equals(Optional.of(observed.routeTableId()))
                ? List.of()
                : List.of(FieldChange.inPlace(TABLE, observed.routeTableId(), table));
    }

    @Override
    public RouteTableAssociation create(State state) {
        String subnetId = state.require(subnet, Subnet.class).subnetId();
        String tableId = state.require(table, RouteTable.class).routeTableId();
        String made = context.call(
                        "ec2:AssociateRouteTable",
                        () -> context.ec2()
                                .associateRouteTable(r -> r.subnetId(subnetId).routeTableId(tableId)))
                .associationId();
        return RouteTableAssociation.builder()
                .routeTableAssociationId(made)
                .subnetId(subnetId)
                .routeTableId(tableId)
                .build();
    }

    @Override
    public void update(RouteTableAssociation observed, List<FieldChange> changes, State state) {
        String tableId = state.require(table, RouteTable.class).routeTableId();
        context.call(
                "ec2:ReplaceRouteTableAssociation",
                () -> context.ec2()
                        .replaceRouteTableAssociation(r -> r.associationId(observed.routeTableAssociationId())
                                .routeTableId(tableId)));
    }

    @Override
    public void delete(RouteTableAssociation observed, State state) {
        context.delete(
                "ec2:DisassociateRouteTable",
                () -> context.ec2().disassociateRouteTable(r -> r.associationId(observed.routeTableAssociationId())));
    }
}
