// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.network;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ec2Resource;
import io.osmo.backend.aws.internal.Reader;
import io.osmo.backend.aws.internal.Reading;
import io.osmo.backend.spec.BackendSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.ec2.model.AvailabilityZone;
import software.amazon.awssdk.services.ec2.model.AvailabilityZoneState;
import software.amazon.awssdk.services.ec2.model.InstanceTypeOffering;
import software.amazon.awssdk.services.ec2.model.LocationType;

/** Reads the zones of the region and which of them sell the instance types of the spec. */
final class ZonesReader implements Reader {
    /**
     * Ids of zones in which EKS places no control plane.
     *
     * @see <a href="https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html">EKS: subnet requirements</a>
     */
    private static final Set<String> REFUSED_BY_EKS = Set.of("use1-az3", "usw1-az2", "cac1-az3");

    @Override
    public CompletableFuture<Reading> read(AwsContext aws, Optional<BackendSpec> spec) {
        if (spec.isEmpty()) {
            return CompletableFuture.completedFuture(Reading.empty());
        }
        List<String> types = spec.get().pools().stream()
                .flatMap(pool -> pool.instanceTypes().stream())
                .distinct()
                .toList();
        CompletableFuture<List<String>> usable = aws.async(
                        "ec2:DescribeAvailabilityZones",
                        () -> aws.clients()
                                .ec2()
                                .describeAvailabilityZones(
                                        r -> r.filters(Ec2Resource.filter("zone-type", "availability-zone"))))
                .thenApply(answer -> answer.availabilityZones().stream()
                        .filter(z -> z.state() == AvailabilityZoneState.AVAILABLE)
                        .filter(z -> !REFUSED_BY_EKS.contains(z.zoneId()))
                        .map(AvailabilityZone::zoneName)
                        .toList());
        CompletableFuture<Map<String, Set<String>>> selling = aws.async(
                        "ec2:DescribeInstanceTypeOfferings",
                        () -> aws
                                .clients()
                                .ec2()
                                .describeInstanceTypeOfferingsPaginator(r -> r.locationType(
                                                LocationType.AVAILABILITY_ZONE)
                                        .filters(Ec2Resource.filter("instance-type", types.toArray(String[]::new))))
                                .instanceTypeOfferings()
                                .stream()
                                .toList())
                .thenApply(ZonesReader::byType);
        return usable.thenCombine(selling, Zones::new).thenApply(zones -> Reading.attachment(Zones.class, zones));
    }

    private static Map<String, Set<String>> byType(List<InstanceTypeOffering> offerings) {
        Map<String, Set<String>> zones = new HashMap<>();
        offerings.forEach(o -> zones.computeIfAbsent(o.instanceTypeAsString(), t -> new TreeSet<>())
                .add(o.location()));
        return zones;
    }
}
