// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.tagging;

import io.osmo.backend.testkit.internal.Page;
import io.osmo.backend.testkit.internal.aws.AwsService;
import io.osmo.backend.testkit.internal.aws.ec2.Ec2;
import io.osmo.backend.testkit.internal.aws.ec2.ResourceTags;
import io.osmo.backend.testkit.internal.aws.eks.Eks;
import io.osmo.backend.testkit.internal.aws.elb.NetworkLoadBalancers;
import io.osmo.backend.testkit.internal.aws.kms.Kms;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.*;

/** The tagging API: finds resources of all services by their tags. */
public final class Tagging extends AwsService {
    private final Ec2 ec2;
    private final Eks eks;
    private final Kms kms;
    private final NetworkLoadBalancers loadBalancers;

    public Tagging(Ec2 ec2, Eks eks, Kms kms, NetworkLoadBalancers loadBalancers) {
        super(ec2.account, ec2.region);
        this.ec2 = ec2;
        this.eks = eks;
        this.kms = kms;
        this.loadBalancers = loadBalancers;
    }

    @Override
    public List<Object> operations() {
        return List.of(this);
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
        Page<ResourceTagMapping> page = Page.of(found, r.resourcesPerPage(), token, account.pageSize());
        return GetResourcesResponse.builder()
                .resourceTagMappingList(page.items())
                .paginationToken(page.next() == null ? "" : page.next())
                .build();
    }

    private Map<String, Map<String, String>> tagsByArn() {
        Map<String, Map<String, String>> all = new TreeMap<>(kms.tagsByArn());
        all.putAll(loadBalancers.tagsByArn());
        ec2.tags.forEach((id, tags) -> all.put(arn("ec2", ResourceTags.type(id) + "/" + id), tags));
        eks.clusters.all().forEach(c -> all.put(c.arn(), c.tags()));
        eks.nodeGroups.all().forEach(g -> all.put(g.nodegroupArn(), g.tags()));
        eks.addons.all().forEach(a -> all.put(a.addonArn(), a.tags()));
        return all;
    }

    /** Whether an ARN is of a type such as {@code ec2:vpc} or {@code eks}. */
    private static boolean isOfType(String arn, String type) {
        String[] parts = arn.split(":", 6);
        String[] wanted = type.split(":", 2);
        return parts[2].equals(wanted[0]) && (wanted.length == 1 || parts[5].startsWith(wanted[1]));
    }
}
