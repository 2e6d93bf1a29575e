// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.eks;

import io.osmo.backend.testkit.internal.Table;
import io.osmo.backend.testkit.internal.aws.TagRules;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import software.amazon.awssdk.services.eks.model.*;

/** Tags of clusters and of resources in them. */
final class EksTags {
    private final List<Tagged<?>> kinds;

    EksTags(Eks eks) {
        this.kinds = List.of(
                new Tagged<>(
                        eks.clusters,
                        Cluster::arn,
                        Cluster::tags,
                        Cluster::name,
                        (c, tags) -> c.toBuilder().tags(tags).build()),
                new Tagged<>(
                        eks.nodeGroups,
                        Nodegroup::nodegroupArn,
                        Nodegroup::tags,
                        g -> g.clusterName() + "/" + g.nodegroupName(),
                        (g, tags) -> g.toBuilder().tags(tags).build()),
                new Tagged<>(
                        eks.addons,
                        Addon::addonArn,
                        Addon::tags,
                        a -> a.clusterName() + "/" + a.addonName(),
                        (a, tags) -> a.toBuilder().tags(tags).build()),
                new Tagged<>(
                        eks.accessEntries,
                        AccessEntry::accessEntryArn,
                        AccessEntry::tags,
                        e -> e.clusterName() + "/" + e.principalArn(),
                        (e, tags) -> e.toBuilder().tags(tags).build()),
                new Tagged<>(
                        eks.podIdentities,
                        PodIdentityAssociation::associationArn,
                        PodIdentityAssociation::tags,
                        p -> p.clusterName() + "/" + p.associationId(),
                        (p, tags) -> p.toBuilder().tags(tags).build()));
    }

    /** A kind of resource that has tags. */
    private record Tagged<T>(
            Table<T> rows,
            Function<T, String> arn,
            Function<T, Map<String, String>> tags,
            Function<T, String> key,
            BiFunction<T, Map<String, String>, T> withTags) {
        /** Returns whether one of the rows has the ARN. */
        boolean change(String wanted, Consumer<Map<String, String>> change) {
            Optional<T> found = rows.where(row -> arn.apply(row).equals(wanted)).findFirst();
            found.ifPresent(row -> {
                Map<String, String> changed = new TreeMap<>(tags.apply(row));
                change.accept(changed);
                rows.put(key.apply(row), withTags.apply(row, changed));
            });
            return found.isPresent();
        }
    }

    /** Checks the tags of a request that creates something. */
    static Map<String, String> checked(Map<String, String> tags) {
        check(tags, tags);
        return tags;
    }

    private static void check(Map<String, String> added, Map<String, String> all) {
        TagRules.check(added, all, EksErrors::invalidParameter, EksErrors::invalidParameter);
    }

    TagResourceResponse tagResource(TagResourceRequest r) {
        retag(r.resourceArn(), tags -> {
            tags.putAll(r.tags());
            check(r.tags(), tags);
        });
        return TagResourceResponse.builder().build();
    }

    UntagResourceResponse untagResource(UntagResourceRequest r) {
        retag(r.resourceArn(), tags -> tags.keySet().removeAll(r.tagKeys()));
        return UntagResourceResponse.builder().build();
    }

    ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest r) {
        Map<String, String> found = new TreeMap<>();
        retag(r.resourceArn(), found::putAll);
        return ListTagsForResourceResponse.builder().tags(found).build();
    }

    /** Changes the tags of the resource with this ARN, given as a mutable map. */
    private void retag(String arn, Consumer<Map<String, String>> change) {
        if (kinds.stream().noneMatch(kind -> kind.change(arn, change))) {
            throw EksErrors.unknownArn(arn);
        }
    }
}
