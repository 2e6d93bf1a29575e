// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.session;

import io.osmo.backend.aws.AwsProvider;
import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ec2Kind;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Ownership;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.Tag;

/** Finds the backends of a region by the tags of their VPCs, and, as some use an existing VPC, of their clusters. */
final class BackendList {
    static final Needs NEEDS = Needs.reading("ec2:DescribeVpcs", "tag:GetResources");

    private BackendList() {}

    static CompletableFuture<List<BackendRef>> read(AwsContext context) {
        Filter managed = Ec2Kind.filter("tag:" + Ownership.MANAGED_BY, Ownership.MANAGER);
        CompletableFuture<List<String>> vpcs = context.async(
                "ec2:DescribeVpcs",
                () -> context.ec2().describeVpcsPaginator(r -> r.filters(managed)).vpcs().stream()
                        .flatMap(
                                vpc -> Stream.ofNullable(Ec2Kind.map(vpc.tags()).get(Ownership.BACKEND)))
                        .toList());
        CompletableFuture<List<String>> clusters = context.async(
                "tag:GetResources",
                () -> context
                        .tagging()
                        .getResourcesPaginator(r -> r.resourceTypeFilters("eks:cluster")
                                .tagFilters(f -> f.key(Ownership.MANAGED_BY).values(Ownership.MANAGER)))
                        .resourceTagMappingList()
                        .stream()
                        .flatMap(mapping -> mapping.tags().stream())
                        .filter(tag -> tag.key().equals(Ownership.BACKEND))
                        .map(Tag::value)
                        .toList());
        return vpcs.thenCombine(
                clusters,
                (a, b) -> Stream.concat(a.stream(), b.stream())
                        .distinct()
                        .sorted()
                        .map(name -> new BackendRef(AwsProvider.ID, context.region(), name))
                        .toList());
    }
}
