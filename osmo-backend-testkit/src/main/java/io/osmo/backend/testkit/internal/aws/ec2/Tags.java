// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.ec2;

import io.osmo.backend.testkit.internal.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.*;

/** Reads and changes tags of existing resources. */
final class Tags {
    private final Ec2 ec2;

    Tags(Ec2 ec2) {
        this.ec2 = ec2;
    }

    CreateTagsResponse createTags(CreateTagsRequest r) {
        r.resources().forEach(this::requireKnown);
        r.resources().forEach(id -> ec2.tags.put(id, r.tags()));
        return CreateTagsResponse.builder().build();
    }

    DeleteTagsResponse deleteTags(DeleteTagsRequest r) {
        for (String id : r.resources()) {
            Map<String, String> held = ec2.tags.all(id);
            if (r.tags().isEmpty() && !held.isEmpty()) {
                // Without tags, all but those of AWS itself are deleted.
                held.keySet().removeIf(key -> !key.startsWith("aws:"));
            }
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
        ec2.tags.forEach((id, tags) -> tags.forEach((key, value) -> all.add(TagDescription.builder()
                .resourceId(id)
                .resourceType(ResourceTags.type(id))
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
                                    throw Ec2Errors.of(
                                            "InvalidParameterValue", "The filter '" + filter.name() + "' is invalid");
                            }));
        }
        Page<TagDescription> page = Page.of(all, r.maxResults(), r.nextToken(), ec2.account.pageSize());
        return DescribeTagsResponse.builder()
                .tags(page.items())
                .nextToken(page.next())
                .build();
    }

    private void requireKnown(String id) {
        switch (ResourceTags.type(id)) {
            case "vpc" -> ec2.vpcs.get(id);
            case "subnet" -> ec2.subnets.get(id);
            case "internet-gateway" -> ec2.internetGateways.get(id);
            case "elastic-ip" -> ec2.addresses.get(id);
            case "natgateway" -> ec2.natGateways.get(id);
            case "route-table" -> ec2.routeTables.get(id);
            case "vpc-endpoint" -> ec2.endpoints.get(id);
            case "security-group" -> ec2.securityGroups.get(id);
            case "network-interface" -> ec2.networkInterfaces.get(id);
            case "launch-template" -> ec2.launchTemplates.get(id);
            case "instance" -> ec2.instances.get(id);
            case "volume" -> ec2.volumes.get(id);
            case "placement-group" -> {
                if (!ec2.placementGroups.any(g -> id.equals(g.groupId()))) {
                    throw Ec2Errors.notFound("InvalidPlacementGroupId.NotFound", "placement group", id);
                }
            }
            default -> ec2.capacityReservations.get(id);
        }
    }
}
