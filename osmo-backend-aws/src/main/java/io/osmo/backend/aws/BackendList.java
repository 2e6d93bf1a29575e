// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ec2Resource;
import io.osmo.backend.aws.internal.Tags;
import io.osmo.backend.spec.BackendRef;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.Tag;

/** Finds the backends of a region by the tags of their VPCs, and, as some use an existing VPC, of their clusters. */
final class BackendList {
    private BackendList() {}

    static CompletableFuture<List<BackendRef>> read(AwsContext aws) {
        CompletableFuture<List<String>> vpcs = aws.async(
                "ec2:DescribeVpcs",
                () -> aws
                        .clients()
                        .ec2()
                        .describeVpcsPaginator(
                                r -> r.filters(Ec2Resource.filter("tag:" + Tags.MANAGED_BY, Tags.MANAGER)))
                        .vpcs()
                        .stream()
                        .map(vpc -> Ec2Resource.map(vpc.tags()))
                        .flatMap(BackendList::name)
                        .toList());
        CompletableFuture<List<String>> clusters = aws.async(
                "tag:GetResources",
                () -> aws
                        .clients()
                        .tagging()
                        .getResourcesPaginator(r -> r.resourceTypeFilters("eks:cluster")
                                .tagFilters(f -> f.key(Tags.MANAGED_BY).values(Tags.MANAGER)))
                        .resourceTagMappingList()
                        .stream()
                        .map(mapping -> mapping.tags().stream().collect(Collectors.toMap(Tag::key, Tag::value)))
                        .flatMap(BackendList::name)
                        .toList());
        return vpcs.thenCombine(
                clusters,
                (a, b) -> Stream.concat(a.stream(), b.stream())
                        .distinct()
                        .sorted()
                        .map(name -> new BackendRef(AwsProvider.ID, aws.region(), name))
                        .toList());
    }

    private static Stream<String> name(Map<String, String> tags) {
        return Stream.ofNullable(tags.get(Tags.BACKEND));
    }
}
