// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.ec2;

import java.util.List;
import software.amazon.awssdk.services.ec2.model.*;

/** Placement groups. */
final class PlacementGroups {
    private final Ec2 ec2;
    private final Query<PlacementGroup> query;

    PlacementGroups(Ec2 ec2) {
        this.ec2 = ec2;
        this.query = new Query<PlacementGroup>(ec2, "group-id", PlacementGroup::groupId)
                .attribute("group-name", PlacementGroup::groupName)
                .attribute("state", PlacementGroup::stateAsString)
                .attribute("strategy", PlacementGroup::strategyAsString);
    }

    CreatePlacementGroupResponse createPlacementGroup(CreatePlacementGroupRequest r) {
        if (ec2.placementGroups.has(r.groupName())) {
            throw Ec2Errors.of(
                    "InvalidPlacementGroup.Duplicate", "The Placement Group '" + r.groupName() + "' already exists.");
        }
        var tags = ResourceTags.requested("placement-group", r.tagSpecifications());
        String id = ec2.account.newId("pg");
        ec2.tags.put(id, tags);
        PlacementGroup group = ec2.placementGroups.put(
                r.groupName(),
                PlacementGroup.builder()
                        .groupId(id)
                        .groupName(r.groupName())
                        .groupArn(ec2.arn("ec2", "placement-group/" + r.groupName()))
                        .strategy(r.strategyAsString())
                        .state(PlacementGroupState.AVAILABLE)
                        .build());
        return CreatePlacementGroupResponse.builder()
                .placementGroup(group.toBuilder().tags(ec2.tags.of(id)).build())
                .build();
    }

    DescribePlacementGroupsResponse describePlacementGroups(DescribePlacementGroupsRequest r) {
        // DescribePlacementGroups does not page.
        List<PlacementGroup> groups = query.page(ec2.placementGroups, r.groupNames(), r.filters(), null, null)
                .items();
        return DescribePlacementGroupsResponse.builder()
                .placementGroups(groups.stream()
                        .map(g -> g.toBuilder().tags(ec2.tags.of(g.groupId())).build())
                        .toList())
                .build();
    }

    DeletePlacementGroupResponse deletePlacementGroup(DeletePlacementGroupRequest r) {
        PlacementGroup group = ec2.placementGroups.get(r.groupName());
        if (ec2.instances.any(i -> i.placement() != null
                && r.groupName().equals(i.placement().groupName())
                && i.state().name() != InstanceStateName.TERMINATED)) {
            throw Ec2Errors.of("InvalidPlacementGroup.InUse", "The placement group " + r.groupName() + " is in use.");
        }
        ec2.placementGroups.remove(r.groupName());
        ec2.tags.remove(group.groupId());
        return DeletePlacementGroupResponse.builder().build();
    }
}
