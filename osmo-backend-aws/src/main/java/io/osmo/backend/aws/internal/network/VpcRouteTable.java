// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.network;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ec2Resource;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RouteTable;

/** A route table: one for all public subnets, one for the private subnet of each zone. */
public final class VpcRouteTable extends Ec2Resource<RouteTable> {
    static final String KIND = "route-table";
    static final String PUBLIC = "public";

    VpcRouteTable(AwsContext aws, String name) {
        this(aws, id(name), null);
    }

    private VpcRouteTable(AwsContext aws, ResourceId id, @Nullable String known) {
        super(
                aws,
                id,
                RouteTable.class,
                Set.of(VpcNetwork.ID),
                Timing.quick(),
                "route table " + id.name(),
                Map.of(),
                known);
    }

    static VpcRouteTable owned(AwsContext aws, ResourceId id, RouteTable observed) {
        return new VpcRouteTable(aws, id, observed.routeTableId());
    }

    static ResourceId id(String name) {
        return ResourceId.of(KIND, name);
    }

    static String privateName(String zone) {
        return "private-" + zone;
    }

    @Override
    public Optional<RouteTable> read(State state) {
        return aws
                .call(
                        "ec2:DescribeRouteTables",
                        () -> aws.clients().ec2().describeRouteTables(r -> r.filters(filters("route-table-id"))))
                .routeTables()
                .stream()
                .min(Comparator.comparing(RouteTable::routeTableId));
    }

    @Override
    public List<FieldChange> compare(RouteTable observed, State state) {
        return compareTags(observed.tags());
    }

    @Override
    public RouteTable create(State state) {
        String vpc = state.require(VpcNetwork.ID, ObservedVpc.class).id();
        return aws.call(
                        "ec2:CreateRouteTable",
                        () -> aws.clients()
                                .ec2()
                                .createRouteTable(r -> r.vpcId(vpc)
                                        .clientToken(aws.token(id(), vpc))
                                        .tagSpecifications(tagged(ResourceType.ROUTE_TABLE))))
                .routeTable();
    }

    @Override
    public void update(RouteTable observed, List<FieldChange> changes, State state) {
        updateTags(observed.routeTableId());
    }

    @Override
    public void delete(RouteTable observed, State state) {
        aws.delete(
                "ec2:DeleteRouteTable",
                () -> aws.clients().ec2().deleteRouteTable(r -> r.routeTableId(observed.routeTableId())));
    }
}
