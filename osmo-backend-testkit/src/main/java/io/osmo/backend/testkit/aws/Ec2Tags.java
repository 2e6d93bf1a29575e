// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.aws;

import io.osmo.backend.testkit.internal.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.*;

/** Tags on what exists. */
final class Ec2Tags {
    private final AwsRegion region;

    Ec2Tags(AwsRegion region) {
        this.region = region;
    }

    CreateTagsResponse createTags(CreateTagsRequest r) {
        r.resources().forEach(this::requireKnown);
        r.resources().forEach(id -> region.tag(id, r.tags()));
        return CreateTagsResponse.builder().build();
    }

    DeleteTagsResponse deleteTags(DeleteTagsRequest r) {
        for (String id : r.resources()) {
            Map<String, String> held = region.ec2Tags.getOrDefault(id, Map.of());
            for (Tag tag : r.tags()) {
                if (tag.value() == null || tag.value().equals(held.get(tag.key()))) {
                    held.remove(tag.key());
                }
            }
        }
        return DeleteTagsResponse.builder().build();
    }

    DescribeTagsResponse describeTags(DescribeTagsRequest r) {
        List<TagDescription> all = new ArrayList<>();
        region.ec2Tags.forEach((id, tags) -> tags.forEach((key, value) -> all.add(TagDescription.builder()
                .resourceId(id)
                .resourceType(region.ec2ResourceType(id))
                .key(key)
                .value(value)
                .build())));
        for (Filter filter : r.filters()) {
            all.removeIf(tag -> !filter.values()
                    .contains(
                            switch (filter.name()) {
                                case "resource-id" -> tag.resourceId();
                                case "resource-type" -> tag.resourceTypeAsString();
                                case "key" -> tag.key();
                                case "value" -> tag.value();
                                default ->
                                    throw AwsErrors.ec2(
                                            "InvalidParameterValue", "The filter '" + filter.name() + "' is invalid");
                            }));
        }
        Page<TagDescription> page = Page.of(all, r.maxResults(), r.nextToken(), region.account.pageSize());
        return DescribeTagsResponse.builder()
                .tags(page.items())
                .nextToken(page.next())
                .build();
    }

    private void requireKnown(String id) {
        switch (region.ec2ResourceType(id)) {
            case "vpc" -> region.vpcs.get(id);
            case "subnet" -> region.subnets.get(id);
            case "internet-gateway" -> region.internetGateways.get(id);
            case "elastic-ip" -> region.addresses.get(id);
            case "natgateway" -> region.natGateways.get(id);
            case "route-table" -> region.routeTables.get(id);
            case "vpc-endpoint" -> region.endpoints.get(id);
            case "security-group" -> region.securityGroups.get(id);
            case "network-interface" -> region.networkInterfaces.get(id);
            case "launch-template" -> region.launchTemplates.get(id);
            case "instance" -> region.instances.get(id);
            case "volume" -> region.volumes.get(id);
            case "placement-group" -> {
                if (!region.placementGroups.any(g -> id.equals(g.groupId()))) {
                    throw AwsErrors.ec2NotFound("InvalidPlacementGroupId.NotFound", "placement group", id);
                }
            }
            default -> region.capacityReservations.get(id);
        }
    }
}
