// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.network;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ec2Resource;
import io.osmo.backend.aws.internal.Reader;
import io.osmo.backend.aws.internal.Tags;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.provider.Reading;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociation;
import software.amazon.awssdk.services.ec2.model.Subnet;

/**
 * Reads subnets, route tables, and what hangs on them: default routes, and which subnet uses which table. Of an existing
 * network, its subnets and route tables.
 */
public final class SubnetReader implements Reader {
    @Override
    public CompletableFuture<Reading> read(AwsContext aws, Optional<BackendSpec> spec) {
        CompletableFuture<Reading> ours = subnets(aws, Ec2Resource.ours(aws))
                .thenCombine(tables(aws, Ec2Resource.ours(aws)), (subnets, tables) -> ours(aws, subnets, tables));
        Optional<String> vpc = spec.flatMap(s -> s.network().existingId());
        if (vpc.isEmpty()) {
            return ours;
        }
        CompletableFuture<Reading> named = subnets(
                        aws,
                        List.of(Ec2Resource.filter(
                                "subnet-id",
                                spec.get().network().existingSubnetIds().toArray(String[]::new))))
                .thenCombine(tables(aws, List.of(Ec2Resource.filter("vpc-id", vpc.get()))), SubnetReader::existing);
        return ours.thenCombine(named, Reading::and);
    }

    private static CompletableFuture<List<Subnet>> subnets(AwsContext aws, List<Filter> filters) {
        return aws.async(
                "ec2:DescribeSubnets",
                () -> aws.clients().ec2().describeSubnetsPaginator(r -> r.filters(filters)).subnets().stream()
                        .toList());
    }

    private static CompletableFuture<List<RouteTable>> tables(AwsContext aws, List<Filter> filters) {
        return aws.async(
                "ec2:DescribeRouteTables",
                () -> aws.clients().ec2().describeRouteTablesPaginator(r -> r.filters(filters)).routeTables().stream()
                        .toList());
    }

    private static Reading ours(AwsContext aws, List<Subnet> subnets, List<RouteTable> tables) {
        Reading found = Tags.sorted(
                        aws, subnets, s -> Ec2Resource.map(s.tags()), Comparator.comparing(Subnet::subnetId))
                .and(Tags.sorted(
                        aws, tables, t -> Ec2Resource.map(t.tags()), Comparator.comparing(RouteTable::routeTableId)));
        Map<String, String> subnetNames = new HashMap<>();
        subnets.forEach(s ->
                aws.tags().idOf(Ec2Resource.map(s.tags())).ifPresent(id -> subnetNames.put(s.subnetId(), id.name())));
        Map<ResourceId, Observed<?>> hanging = new HashMap<>();
        found.observed().forEach((id, observed) -> {
            if (observed.value() instanceof RouteTable table) {
                VpcRoute.in(table).ifPresent(r -> hanging.put(VpcRoute.id(id.name()), Observed.ours(r)));
                for (RouteTableAssociation association : table.associations()) {
                    String subnet = subnetNames.get(association.subnetId());
                    if (subnet != null && SubnetAssociation.stands(association)) {
                        hanging.put(ResourceId.of(SubnetAssociation.KIND, subnet), Observed.ours(association));
                    }
                }
            }
        });
        return found.and(Reading.observed(hanging));
    }

    private static Reading existing(List<Subnet> subnets, List<RouteTable> tables) {
        Map<ResourceId, Observed<?>> found = new HashMap<>();
        subnets.forEach(s -> found.put(ResourceId.of(VpcSubnet.KIND, s.subnetId()), Observed.existing(s)));
        return Reading.observed(found).and(Reading.attachment(DefaultRoutes.class, new DefaultRoutes(tables)));
    }
}
