// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.ec2;

import io.osmo.backend.testkit.internal.Page;
import io.osmo.backend.testkit.internal.aws.ec2.InstanceTypes.InstanceTypeFacts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.*;

/** What the region offers: zones, instance types, defaults of the account. */
final class Catalog {
    private final Ec2 ec2;

    Catalog(Ec2 ec2) {
        this.ec2 = ec2;
    }

    DescribeAvailabilityZonesResponse describeAvailabilityZones(DescribeAvailabilityZonesRequest r) {
        List<AvailabilityZone> zones = ec2.zones.stream()
                .map(zone -> AvailabilityZone.builder()
                        .zoneName(zone)
                        .zoneId(ec2.zoneId(zone))
                        .regionName(ec2.region)
                        .groupName(ec2.region + "-zg-1")
                        .networkBorderGroup(ec2.region)
                        .zoneType("availability-zone")
                        .optInStatus(AvailabilityZoneOptInStatus.OPT_IN_NOT_REQUIRED)
                        .state(AvailabilityZoneState.AVAILABLE)
                        .build())
                .filter(zone -> r.zoneNames().isEmpty() || r.zoneNames().contains(zone.zoneName()))
                .filter(zone -> r.filters().stream()
                        .allMatch(filter -> filter.values()
                                .contains(
                                        switch (filter.name()) {
                                            case "state" -> zone.stateAsString();
                                            case "zone-type" -> zone.zoneType();
                                            case "zone-name" -> zone.zoneName();
                                            case "region-name" -> zone.regionName();
                                            case "opt-in-status" -> zone.optInStatusAsString();
                                            default -> throw unknown(filter);
                                        })))
                .toList();
        return DescribeAvailabilityZonesResponse.builder()
                .availabilityZones(zones)
                .build();
    }

    DescribeInstanceTypeOfferingsResponse describeInstanceTypeOfferings(DescribeInstanceTypeOfferingsRequest r) {
        List<InstanceTypeOffering> offerings = new ArrayList<>();
        boolean byZone = r.locationType() == LocationType.AVAILABILITY_ZONE;
        for (InstanceTypeFacts type : InstanceTypes.all().values()) {
            for (String place : byZone ? ec2.zones : List.of(ec2.region)) {
                if (ec2.account.sells(type.name()) && (!byZone || InstanceTypes.isOffered(type.name(), place))) {
                    offerings.add(InstanceTypeOffering.builder()
                            .instanceType(type.name())
                            .location(place)
                            .locationType(byZone ? LocationType.AVAILABILITY_ZONE : LocationType.REGION)
                            .build());
                }
            }
        }
        for (Filter filter : r.filters()) {
            offerings.removeIf(offering -> {
                String actual = switch (filter.name()) {
                    case "instance-type" -> offering.instanceTypeAsString();
                    case "location" -> offering.location();
                    default -> throw unknown(filter);
                };
                return filter.values().stream()
                        .noneMatch(value -> Query.wildcard(value).test(actual));
            });
        }
        Page<InstanceTypeOffering> page = Page.of(offerings, r.maxResults(), r.nextToken(), ec2.account.pageSize());
        return DescribeInstanceTypeOfferingsResponse.builder()
                .instanceTypeOfferings(page.items())
                .nextToken(page.next())
                .build();
    }

    DescribeInstanceTypesResponse describeInstanceTypes(DescribeInstanceTypesRequest r) {
        Collection<String> wanted = r.instanceTypesAsStrings();
        List<String> unknown = wanted.stream()
                .filter(type -> InstanceTypes.find(type).isEmpty())
                .toList();
        if (!unknown.isEmpty()) {
            throw Ec2Errors.of("InvalidInstanceType", "The following supplied instance types do not exist: " + unknown);
        }
        List<InstanceTypeInfo> all = InstanceTypes.all().values().stream()
                .filter(type -> ec2.account.sells(type.name()))
                .filter(type -> wanted.isEmpty() || wanted.contains(type.name()))
                .filter(type -> r.filters().stream().allMatch(filter -> {
                    if (!filter.name().equals("instance-type")) {
                        throw unknown(filter);
                    }
                    return filter.values().stream()
                            .anyMatch(value -> Query.wildcard(value).test(type.name()));
                }))
                .map(Catalog::info)
                .toList();
        Page<InstanceTypeInfo> page = Page.of(all, r.maxResults(), r.nextToken(), ec2.account.pageSize());
        return DescribeInstanceTypesResponse.builder()
                .instanceTypes(page.items())
                .nextToken(page.next())
                .build();
    }

    GetEbsEncryptionByDefaultResponse getEbsEncryptionByDefault(GetEbsEncryptionByDefaultRequest r) {
        return GetEbsEncryptionByDefaultResponse.builder()
                .ebsEncryptionByDefault(false)
                .sseType(SSEType.NONE)
                .build();
    }

    GetEbsDefaultKmsKeyIdResponse getEbsDefaultKmsKeyId(GetEbsDefaultKmsKeyIdRequest r) {
        return GetEbsDefaultKmsKeyIdResponse.builder().kmsKeyId("alias/aws/ebs").build();
    }

    private static InstanceTypeInfo info(InstanceTypeFacts type) {
        InstanceTypeInfo.Builder info = InstanceTypeInfo.builder()
                .instanceType(type.name())
                .currentGeneration(!InstanceTypes.isOfPreviousGeneration(type.name()))
                .hypervisor(InstanceTypes.hypervisor(type.name()))
                .bareMetal(false)
                .supportedUsageClasses(UsageClassType.ON_DEMAND, UsageClassType.SPOT)
                .processorInfo(p -> p.supportedArchitecturesWithStrings(type.architecture()))
                .vCpuInfo(v -> v.defaultVCpus(type.vcpus()))
                .memoryInfo(m -> m.sizeInMiB(type.memoryGib() * 1024L))
                .networkInfo(n -> n.efaSupported(type.efaInterfaces() > 0)
                        .maximumNetworkCards(NetworkCards.of(type).size())
                        .networkCards(NetworkCards.of(type))
                        .ipv4AddressesPerInterface(type.addressesPerInterface())
                        .efaInfo(e -> e.maximumEfaInterfaces(type.efaInterfaces())))
                .placementGroupInfo(p -> p.supportedStrategies(
                        PlacementGroupStrategy.CLUSTER,
                        PlacementGroupStrategy.PARTITION,
                        PlacementGroupStrategy.SPREAD))
                .ebsInfo(e -> e.encryptionSupport(EbsEncryptionSupport.SUPPORTED));
        if (type.gpus() > 0) {
            info.gpuInfo(g -> g.totalGpuMemoryInMiB(type.gpus() * type.gpuMemoryMib())
                    .gpus(GpuDeviceInfo.builder()
                            .name(type.gpu())
                            .manufacturer("NVIDIA")
                            .count(type.gpus())
                            .memoryInfo(m -> m.sizeInMiB(type.gpuMemoryMib()))
                            .build()));
        }
        return info.build();
    }

    private static RuntimeException unknown(Filter filter) {
        return Ec2Errors.of("InvalidParameterValue", "The filter '" + filter.name() + "' is invalid");
    }
}
