// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.aws;

import io.osmo.backend.testkit.internal.Page;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.*;

/** The tagging API: what carries given tags, whatever service it belongs to. */
final class EmulatedTagging {
    private final AwsRegion region;
    private final EmulatedKms kms;
    private final EmulatedLoadBalancers loadBalancers;

    EmulatedTagging(AwsRegion region, EmulatedKms kms, EmulatedLoadBalancers loadBalancers) {
        this.region = region;
        this.kms = kms;
        this.loadBalancers = loadBalancers;
    }

    GetResourcesResponse getResources(GetResourcesRequest r) {
        List<ResourceTagMapping> found = tagsByArn().entrySet().stream()
                .filter(e -> r.resourceTypeFilters().isEmpty()
                        || r.resourceTypeFilters().stream().anyMatch(type -> isOfType(e.getKey(), type)))
                .filter(e -> r.tagFilters().stream()
                        .allMatch(f -> e.getValue().containsKey(f.key())
                                && (f.values().isEmpty()
                                        || f.values().contains(e.getValue().get(f.key())))))
                .map(e -> ResourceTagMapping.builder()
                        .resourceARN(e.getKey())
                        .tags(e.getValue().entrySet().stream()
                                .map(t -> Tag.builder()
                                        .key(t.getKey())
                                        .value(t.getValue())
                                        .build())
                                .toList())
                        .build())
                .toList();
        String token = r.paginationToken() == null || r.paginationToken().isEmpty() ? null : r.paginationToken();
        Page<ResourceTagMapping> page = Page.of(found, r.resourcesPerPage(), token, region.account.pageSize());
        return GetResourcesResponse.builder()
                .resourceTagMappingList(page.items())
                .paginationToken(page.next() == null ? "" : page.next())
                .build();
    }

    private Map<String, Map<String, String>> tagsByArn() {
        Map<String, Map<String, String>> all = new TreeMap<>(kms.tagsByArn());
        all.putAll(loadBalancers.tagsByArn());
        region.ec2Tags.forEach((id, tags) -> all.put(region.arn("ec2", region.ec2ResourceType(id) + "/" + id), tags));
        region.clusters.all().forEach(c -> all.put(c.arn(), c.tags()));
        region.nodeGroups.all().forEach(g -> all.put(g.nodegroupArn(), g.tags()));
        region.addons.all().forEach(a -> all.put(a.addonArn(), a.tags()));
        return all;
    }

    /** Whether an ARN is of a type such as {@code ec2:vpc} or {@code eks}. */
    private static boolean isOfType(String arn, String type) {
        String[] parts = arn.split(":", 6);
        String[] wanted = type.split(":", 2);
        return parts[2].equals(wanted[0]) && (wanted.length == 1 || parts[5].startsWith(wanted[1]));
    }
}
