// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.network;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ec2Kind;
import io.osmo.backend.aws.internal.Ec2Resource;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.provider.Needs;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RouteTable;

/** A route table: one for all public subnets, one for the private subnet of each zone. */
public final class VpcRouteTable extends Ec2Resource<RouteTable> {
    static final String KIND = "route-table";

    /** What the calls below need. */
    public static final Needs NEEDS = Holders.named(Needs.of(KIND)
            .read("ec2:DescribeRouteTables")
            .create("ec2:CreateRouteTable", "ec2:CreateTags")
            .update("ec2:CreateTags")
            .undo("ec2:DeleteRouteTable"));

    static final String PUBLIC = "public";

    static final Ec2Kind<RouteTable> TABLES = new Ec2Kind<>(
            RouteTable.class,
            "ec2:DescribeRouteTables",
            (ec2, filters) -> ec2.describeRouteTablesPaginator(r -> r.filters(filters)).routeTables().stream()
                    .toList(),
            "route-table-id",
            RouteTable::routeTableId,
            RouteTable::tags);

    VpcRouteTable(AwsContext context, String name) {
        this(context, id(name), null);
    }

    private VpcRouteTable(AwsContext context, ResourceId id, @Nullable String known) {
        super(context, TABLES, id, Set.of(VpcNetwork.ID), "route table " + id.name(), known);
    }

    static VpcRouteTable owned(AwsContext context, ResourceId id, RouteTable observed) {
        return new VpcRouteTable(context, id, observed.routeTableId());
    }

    static ResourceId id(String name) {
        return ResourceId.of(KIND, name);
    }

    static String privateName(String zone) {
        return "private-" + zone;
    }

    @Override
    public RouteTable create(State state) {
        String vpc = state.require(VpcNetwork.ID, ObservedVpc.class).id();
        return context.call(
                        "ec2:CreateRouteTable",
                        () -> context.ec2()
                                .createRouteTable(
                                        r -> r.vpcId(vpc).tagSpecifications(tagged(ResourceType.ROUTE_TABLE))))
                .routeTable();
    }

    @Override
    public void delete(RouteTable observed, State state) {
        Holders.deleteRouteTable(context, observed.routeTableId());
    }
}
