// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.aws;

import io.osmo.backend.testkit.internal.Page;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.*;

/** Instances, volumes, placement groups and capacity reservations. Instances are launched by Auto Scaling groups only. */
final class Ec2Instances {
    private final AwsRegion region;
    private final Ec2Query<Instance> instanceQuery;
    private final Ec2Query<Volume> volumeQuery;
    private final Ec2Query<PlacementGroup> placementGroupQuery;
    private final Ec2Query<CapacityReservation> reservationQuery;

    Ec2Instances(AwsRegion region) {
        this.region = region;
        this.instanceQuery = new Ec2Query<Instance>(region, "instance-id", Instance::instanceId)
                .attribute("vpc-id", Instance::vpcId)
                .attribute("subnet-id", Instance::subnetId)
                .attribute("instance-state-name", i -> i.state().nameAsString())
                .attribute("instance-type", Instance::instanceTypeAsString);
        this.volumeQuery = new Ec2Query<Volume>(region, "volume-id", Volume::volumeId)
                .attribute("status", Volume::stateAsString)
                .attribute("availability-zone", Volume::availabilityZone)
                .attributes(
                        "attachment.instance-id",
                        v -> v.attachments().stream()
                                .map(VolumeAttachment::instanceId)
                                .toList());
        this.placementGroupQuery = new Ec2Query<PlacementGroup>(region, "group-id", PlacementGroup::groupId)
                .attribute("group-name", PlacementGroup::groupName)
                .attribute("state", PlacementGroup::stateAsString)
                .attribute("strategy", PlacementGroup::strategyAsString);
        this.reservationQuery = new Ec2Query<CapacityReservation>(
                        region, "capacity-reservation-id", CapacityReservation::capacityReservationId)
                .attribute("state", CapacityReservation::stateAsString)
                .attribute("availability-zone", CapacityReservation::availabilityZone)
                .attribute("instance-type", CapacityReservation::instanceType);
    }

    DescribeInstancesResponse describeInstances(DescribeInstancesRequest r) {
        Page<Instance> page =
                instanceQuery.page(region.instances, r.instanceIds(), r.filters(), r.maxResults(), r.nextToken());
        return DescribeInstancesResponse.builder()
                .reservations(page.items().stream()
                        .map(i -> Reservation.builder()
                                .ownerId(region.account.id())
                                .reservationId("r-" + i.instanceId().substring(2))
                                .instances(i.toBuilder()
                                        .tags(region.tags(i.instanceId()))
                                        .build())
                                .build())
                        .toList())
                .nextToken(page.next())
                .build();
    }

    DescribeVolumesResponse describeVolumes(DescribeVolumesRequest r) {
        Page<Volume> page = volumeQuery.page(region.volumes, r.volumeIds(), r.filters(), r.maxResults(), r.nextToken());
        return DescribeVolumesResponse.builder()
                .volumes(page.items().stream()
                        .map(v -> v.toBuilder().tags(region.tags(v.volumeId())).build())
                        .toList())
                .nextToken(page.next())
                .build();
    }

    DeleteVolumeResponse deleteVolume(DeleteVolumeRequest r) {
        if (region.volumes.get(r.volumeId()).state() != VolumeState.AVAILABLE) {
            throw AwsErrors.ec2("VolumeInUse", "Volume " + r.volumeId() + " is currently attached");
        }
        region.volumes.remove(r.volumeId());
        region.ec2Tags.remove(r.volumeId());
        return DeleteVolumeResponse.builder().build();
    }

    CreatePlacementGroupResponse createPlacementGroup(CreatePlacementGroupRequest r) {
        if (region.placementGroups.has(r.groupName())) {
            throw AwsErrors.ec2(
                    "InvalidPlacementGroup.Duplicate", "The Placement Group '" + r.groupName() + "' already exists.");
        }
        var tags = region.tagsFor("placement-group", r.tagSpecifications());
        String id = region.account.newId("pg");
        region.tag(id, tags);
        PlacementGroup group = region.placementGroups.put(
                r.groupName(),
                PlacementGroup.builder()
                        .groupId(id)
                        .groupName(r.groupName())
                        .groupArn(region.arn("ec2", "placement-group/" + r.groupName()))
                        .strategy(r.strategyAsString())
                        .state(PlacementGroupState.AVAILABLE)
                        .build());
        return CreatePlacementGroupResponse.builder()
                .placementGroup(group.toBuilder().tags(region.tags(id)).build())
                .build();
    }

    DescribePlacementGroupsResponse describePlacementGroups(DescribePlacementGroupsRequest r) {
        // DescribePlacementGroups does not page.
        List<PlacementGroup> groups = placementGroupQuery
                .page(region.placementGroups, r.groupNames(), r.filters(), null, null)
                .items();
        return DescribePlacementGroupsResponse.builder()
                .placementGroups(groups.stream()
                        .map(g -> g.toBuilder().tags(region.tags(g.groupId())).build())
                        .toList())
                .build();
    }

    DeletePlacementGroupResponse deletePlacementGroup(DeletePlacementGroupRequest r) {
        PlacementGroup group = region.placementGroups.get(r.groupName());
        if (region.instances.any(i -> i.placement() != null
                && r.groupName().equals(i.placement().groupName())
                && i.state().name() != InstanceStateName.TERMINATED)) {
            throw AwsErrors.ec2("InvalidPlacementGroup.InUse", "The placement group " + r.groupName() + " is in use.");
        }
        region.placementGroups.remove(r.groupName());
        region.ec2Tags.remove(group.groupId());
        return DeletePlacementGroupResponse.builder().build();
    }

    DescribeCapacityReservationsResponse describeCapacityReservations(DescribeCapacityReservationsRequest r) {
        Page<CapacityReservation> page = reservationQuery.page(
                region.capacityReservations, r.capacityReservationIds(), r.filters(), r.maxResults(), r.nextToken());
        return DescribeCapacityReservationsResponse.builder()
                .capacityReservations(page.items())
                .nextToken(page.next())
                .build();
    }
}
