// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.catalog;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Reader;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.provider.Reading;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.InstanceTypeOffering;
import software.amazon.awssdk.services.ec2.model.LocationType;

/** Reads zones, and the types that the spec asks for: three calls at the same time. */
public final class OffersReader implements Reader {
    @Override
    public CompletableFuture<Reading> read(AwsContext aws, Optional<BackendSpec> spec) {
        return spec.map(wanted -> aws.offers()
                        .get(PoolTypes.all(wanted), Offers.class, () -> offers(aws, PoolTypes.all(wanted)))
                        .thenApply(offers -> Reading.attachment(Offers.class, offers)))
                .orElseGet(() -> CompletableFuture.completedFuture(Reading.empty()));
    }

    /** Reads what the region sells of some types. */
    public static CompletableFuture<Offers> offers(AwsContext aws, Set<String> types) {
        CompletableFuture<List<Offers.Zone>> zones = aws.async(
                "ec2:DescribeAvailabilityZones",
                () -> aws
                        .clients()
                        .ec2()
                        .describeAvailabilityZones(r -> r.filters(
                                f -> f.name("zone-type").values("availability-zone"),
                                f -> f.name("state").values("available")))
                        .availabilityZones()
                        .stream()
                        .map(zone -> new Offers.Zone(zone.zoneName(), zone.zoneId()))
                        .toList());
        if (types.isEmpty()) {
            return zones.thenApply(known -> new Offers(Map.of(), Map.of(), known));
        }
        CompletableFuture<List<InstanceTypeOffering>> offerings = aws.async(
                "ec2:DescribeInstanceTypeOfferings",
                () -> aws
                        .clients()
                        .ec2()
                        .describeInstanceTypeOfferingsPaginator(r ->
                                r.locationType(LocationType.AVAILABILITY_ZONE).filters(named(types)))
                        .instanceTypeOfferings()
                        .stream()
                        .toList());
        return zones.thenCombine(machines(aws, types), Map::entry)
                .thenCombine(
                        offerings,
                        (known, offered) -> new Offers(
                                known.getValue(),
                                offered.stream()
                                        .collect(Collectors.groupingBy(
                                                InstanceTypeOffering::instanceTypeAsString,
                                                Collectors.mapping(
                                                        InstanceTypeOffering::location,
                                                        Collectors.toCollection(TreeSet::new)))),
                                known.getKey()));
    }

    /** What machines of some types have, by type; those that the region does not know are left out. */
    public static CompletableFuture<Map<String, MachineType>> machines(AwsContext aws, Set<String> types) {
        if (types.isEmpty()) {
            return CompletableFuture.completedFuture(Map.of());
        }
        return aws.async(
                "ec2:DescribeInstanceTypes",
                () ->
                        aws
                                .clients()
                                .ec2()
                                .describeInstanceTypesPaginator(r -> r.filters(named(types)))
                                .instanceTypes()
                                .stream()
                                .map(MachineType::of)
                                .collect(Collectors.toMap(MachineType::name, machine -> machine)));
    }

    /** A filter, not a list of names: one unknown name would fail the call. */
    private static Filter named(Set<String> types) {
        return Filter.builder().name("instance-type").values(types).build();
    }
}
