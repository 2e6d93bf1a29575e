// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.network;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ec2Kind;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Network;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociation;
import software.amazon.awssdk.services.ec2.model.Subnet;

/**
 * Reads subnets and route tables with what belongs to them: default routes, and which subnet uses which table. Of an existing
 * network, its subnets and route tables.
 */
public final class SubnetReader implements Reader<AwsContext> {
    public static final Reader<AwsContext> INSTANCE = new SubnetReader();

    private SubnetReader() {}

    @Override
    public Needs needs(Optional<BackendSpec> spec) {
        return Needs.reading("ec2:DescribeSubnets", "ec2:DescribeRouteTables");
    }

    @Override
    public CompletableFuture<Reading> read(Observation<AwsContext> observation) {
        AwsContext context = observation.context();
        CompletableFuture<Reading> ours =
                VpcSubnet.SUBNETS.ours(context).thenCombine(VpcRouteTable.TABLES.ours(context), SubnetReader::ours);
        return observation
                .spec()
                .map(BackendSpec::network)
                .filter(network -> network.existingId().isPresent())
                .map(network -> ours.thenCombine(existing(context, network), Reading::and))
                .orElse(ours);
    }

    /** Ids of the subnets that use one of the backend's route tables. */
    public static Set<String> associated(Reading reading) {
        return reading.observed().values().stream()
                .filter(observed -> observed.ownership() == Observed.Ownership.OURS)
                .filter(observed -> observed.value() instanceof RouteTable)
                .flatMap(observed -> ((RouteTable) observed.value()).associations().stream())
                .filter(association -> association.subnetId() != null && SubnetAssociation.exists(association))
                .map(RouteTableAssociation::subnetId)
                .collect(Collectors.toSet());
    }

    private static Reading ours(Reading subnets, Reading tables) {
        Map<String, String> subnetNames = new HashMap<>();
        subnets.observed()
                .forEach((id, observed) -> subnetNames.put(((Subnet) observed.value()).subnetId(), id.name()));
        Map<ResourceId, Observed<?>> parts = new HashMap<>();
        tables.observed().forEach((id, observed) -> {
            RouteTable table = (RouteTable) observed.value();
            VpcRoute.in(table).ifPresent(route -> parts.put(VpcRoute.id(id.name()), Observed.ours(route)));
            for (RouteTableAssociation association : table.associations()) {
                String subnet = subnetNames.get(association.subnetId());
                if (subnet != null && SubnetAssociation.exists(association)) {
                    parts.put(ResourceId.of(SubnetAssociation.KIND, subnet), Observed.ours(association));
                }
            }
        });
        return subnets.and(tables).and(Reading.observed(parts));
    }

    private static CompletableFuture<Reading> existing(AwsContext context, Network network) {
        Filter named = Ec2Kind.filter("subnet-id", network.existingSubnetIds().toArray(String[]::new));
        Filter inVpc = Ec2Kind.filter("vpc-id", network.existingId().orElseThrow());
        return context.scheduler()
                .call(() -> VpcSubnet.SUBNETS.list(context, List.of(named)))
                .thenCombine(
                        context.scheduler().call(() -> VpcRouteTable.TABLES.list(context, List.of(inVpc))),
                        SubnetReader::existing);
    }

    private static Reading existing(List<Subnet> subnets, List<RouteTable> tables) {
        Map<ResourceId, Observed<?>> found = new HashMap<>();
        subnets.forEach(s -> found.put(ResourceId.of(VpcSubnet.KIND, s.subnetId()), Observed.existing(s)));
        return Reading.observed(found).and(Reading.attachment(DefaultRoutes.class, new DefaultRoutes(tables)));
    }
}
