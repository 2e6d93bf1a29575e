// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.catalog;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ec2Kind;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.InstanceTypeOffering;
import software.amazon.awssdk.services.ec2.model.LocationType;

/** Reads zones, and the types that the spec asks for: three calls at the same time. */
public final class OffersReader implements Reader<AwsContext> {
    public static final Reader<AwsContext> INSTANCE = new OffersReader();

    private OffersReader() {}

    @Override
    public Needs needs(Optional<BackendSpec> spec) {
        return Needs.reading(
                "ec2:DescribeAvailabilityZones", "ec2:DescribeInstanceTypeOfferings", "ec2:DescribeInstanceTypes");
    }

    @Override
    public CompletableFuture<Reading> read(Observation<AwsContext> observation) {
        AwsContext context = observation.context();
        if (observation.spec().isEmpty()) {
            return CompletableFuture.completedFuture(Reading.empty());
        }
        Set<String> types = PoolTypes.all(observation.spec().get());
        return context.cache()
                .get(types, Offers.class, () -> offers(context, types))
                .thenApply(offers -> Reading.attachment(Offers.class, offers));
    }

    private static CompletableFuture<Offers> offers(AwsContext context, Set<String> types) {
        CompletableFuture<List<Offers.Zone>> zones = zones(context);
        CompletableFuture<Map<String, MachineType>> machines = machines(context, types);
        CompletableFuture<Map<String, Set<String>>> zonesByType = zonesByType(context, types);
        return CompletableFuture.allOf(zones, machines, zonesByType)
                .thenApply(done -> new Offers(machines.join(), zonesByType.join(), zones.join()));
    }

    private static CompletableFuture<List<Offers.Zone>> zones(AwsContext context) {
        return context.async(
                "ec2:DescribeAvailabilityZones",
                () -> context
                        .ec2()
                        .describeAvailabilityZones(r -> r.filters(
                                Ec2Kind.filter("zone-type", "availability-zone"), Ec2Kind.filter("state", "available")))
                        .availabilityZones()
                        .stream()
                        .map(zone -> new Offers.Zone(zone.zoneName(), zone.zoneId()))
                        .toList());
    }

    private static CompletableFuture<Map<String, Set<String>>> zonesByType(AwsContext context, Set<String> types) {
        if (types.isEmpty()) {
            return CompletableFuture.completedFuture(Map.of());
        }
        return context.async(
                "ec2:DescribeInstanceTypeOfferings",
                () -> context
                        .ec2()
                        .describeInstanceTypeOfferingsPaginator(r ->
                                r.locationType(LocationType.AVAILABILITY_ZONE).filters(named(types)))
                        .instanceTypeOfferings()
                        .stream()
                        .collect(Collectors.groupingBy(
                                InstanceTypeOffering::instanceTypeAsString,
                                Collectors.mapping(InstanceTypeOffering::location, Collectors.toSet()))));
    }

    /** What machines of some types have, by type; those that the region does not know are left out. */
    public static CompletableFuture<Map<String, MachineType>> machines(AwsContext context, Set<String> types) {
        if (types.isEmpty()) {
            return CompletableFuture.completedFuture(Map.of());
        }
        return context.async(
                "ec2:DescribeInstanceTypes",
                () ->
                        context
                                .ec2()
                                .describeInstanceTypesPaginator(r -> r.filters(named(types)))
                                .instanceTypes()
                                .stream()
                                .map(MachineType::of)
                                .collect(Collectors.toMap(MachineType::name, machine -> machine)));
    }

    /** All types of some families that the region offers, with their zones; not cached. */
    public static CompletableFuture<Offers> family(AwsContext context, String pattern) {
        Set<String> types = Set.of(pattern);
        return machines(context, types)
                .thenCombine(zonesByType(context, types), (machines, zones) -> new Offers(machines, zones, List.of()));
    }

    /** A filter, not a list of names: one unknown name would fail the call. */
    private static Filter named(Set<String> types) {
        return Ec2Kind.filter("instance-type", types.toArray(String[]::new));
    }
}
