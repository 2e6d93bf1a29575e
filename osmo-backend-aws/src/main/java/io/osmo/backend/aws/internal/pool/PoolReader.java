// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.pool;

import io.osmo.backend.aws.EksFeature;
import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.aws.PoolSettings;
import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ec2Resource;
import io.osmo.backend.aws.internal.Reader;
import io.osmo.backend.aws.internal.Tags;
import io.osmo.backend.aws.internal.catalog.KubernetesVersion;
import io.osmo.backend.aws.internal.cluster.ClusterConcern;
import io.osmo.backend.aws.internal.cluster.Upgrades;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.provider.Reading;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.TagDescription;
import software.amazon.awssdk.services.ec2.model.PlacementGroup;
import software.amazon.awssdk.services.eks.model.Nodegroup;

/** Reads launch templates, placement groups, node groups and the tags of their auto scaling groups. */
final class PoolReader implements Reader {
    /** Most groups that come at once. */
    private static final int PAGE = 100;

    /** EKS tags the groups that it makes. */
    private static final String CLUSTER_TAG = "eks:cluster-name";

    @Override
    public CompletableFuture<Reading> read(AwsContext aws, Optional<BackendSpec> spec) {
        CompletableFuture<Reading> groups = NodeGroup.all(aws)
                .thenCompose(found -> tags(aws, found).thenApply(all -> all.and(followers(found, spec))));
        CompletableFuture<Reading> pools = groups.thenCombine(templates(aws), Reading::and);
        return aws.settings().offers(EksFeature.PLACEMENT_GROUPS) && mayHavePlacement(aws, spec)
                ? pools.thenCombine(placements(aws), Reading::and)
                : pools;
    }

    /** Without a spec anything may stand; with one, placement groups stand where it asks for them, or once did. */
    private static boolean mayHavePlacement(AwsContext aws, Optional<BackendSpec> spec) {
        return spec.isEmpty()
                || !EksSettings.of(spec.get().settings()).pools().isEmpty()
                || aws.settings().pools().values().stream().anyMatch(PoolSettings::placementGroup);
    }

    private static CompletableFuture<Reading> tags(AwsContext aws, List<Nodegroup> groups) {
        Map<ResourceId, Observed<?>> observed = new HashMap<>();
        Set<String> asgs = new HashSet<>();
        for (Nodegroup group : groups) {
            observed.put(
                    NodeGroup.id(group.nodegroupName()),
                    aws.tags().owns(group.tags()) ? Observed.ours(group) : Observed.foreign(group));
            AsgTags.groupOf(group).ifPresent(asgs::add);
        }
        if (asgs.isEmpty() || !aws.settings().offers(EksFeature.AUTO_SCALING_GROUPS)) {
            return CompletableFuture.completedFuture(Reading.observed(observed));
        }
        // Groups come with all their tags, a hundred at once; tags alone would come a hundred tags at once.
        return aws.async(
                        "autoscaling:DescribeAutoScalingGroups",
                        () -> aws
                                .clients()
                                .autoScaling()
                                .describeAutoScalingGroupsPaginator(r -> r.maxRecords(PAGE)
                                        .filters(f ->
                                                f.name("tag:" + CLUSTER_TAG).values(aws.name())))
                                .autoScalingGroups()
                                .stream()
                                .filter(asg -> asgs.contains(asg.autoScalingGroupName()))
                                .toList())
                .thenApply(found -> {
                    Map<String, ObservedAsgTags> byAsg = new HashMap<>();
                    found.forEach(asg -> byAsg.put(
                            asg.autoScalingGroupName(), new ObservedAsgTags(asg.autoScalingGroupName(), tags(asg))));
                    groups.forEach(group -> AsgTags.groupOf(group)
                            .map(byAsg::get)
                            .filter(tags -> aws.tags().owns(tags.tags()))
                            .ifPresent(tags -> observed.put(AsgTags.id(group.nodegroupName()), Observed.ours(tags))));
                    return Reading.observed(observed);
                });
    }

    private static Map<String, String> tags(AutoScalingGroup group) {
        return group.tags().stream()
                .collect(Collectors.toMap(TagDescription::key, TagDescription::value, (first, again) -> first));
    }

    private static CompletableFuture<Reading> templates(AwsContext aws) {
        return aws.async(
                        "ec2:DescribeLaunchTemplates",
                        () -> aws
                                .clients()
                                .ec2()
                                .describeLaunchTemplatesPaginator(r -> r.filters(Ec2Resource.ours(aws)))
                                .launchTemplates()
                                .stream()
                                .toList())
                .thenCompose(templates -> Reading.sequence(templates.stream()
                        .map(template -> aws.scheduler().call(() -> PoolTemplate.detailed(aws, template)))
                        .toList()))
                .thenApply(found -> Tags.sorted(
                        aws,
                        found.stream().flatMap(Optional::stream).toList(),
                        each -> Ec2Resource.map(each.template().tags()),
                        Comparator.comparing(each -> each.template().createTime())));
    }

    private static CompletableFuture<Reading> placements(AwsContext aws) {
        return aws.async(
                        "ec2:DescribePlacementGroups",
                        () -> aws.clients()
                                .ec2()
                                .describePlacementGroups(r -> r.filters(Ec2Resource.ours(aws)))
                                .placementGroups())
                .thenApply(found -> Tags.sorted(
                        aws,
                        found,
                        each -> Ec2Resource.map(each.tags()),
                        Comparator.comparing(PlacementGroup::groupId)));
    }

    private static Reading followers(List<Nodegroup> groups, Optional<BackendSpec> spec) {
        Map<ResourceId, Observed<?>> observed = new HashMap<>();
        spec.flatMap(BackendSpec::kubernetesVersion)
                .flatMap(KubernetesVersion::parse)
                .ifPresent(wanted -> groups.forEach(group -> following(group, wanted)
                        .forEach(step -> observed.put(
                                ClusterConcern.follower(step, group.nodegroupName()), Observed.ours(group)))));
        return Reading.observed(observed);
    }

    /** The versions over which a node group has to go before the last one, its own. */
    static List<KubernetesVersion> following(Nodegroup group, KubernetesVersion wanted) {
        List<KubernetesVersion> steps = Upgrades.between(KubernetesVersion.of(group.version()), wanted);
        return steps.isEmpty() ? steps : steps.subList(0, steps.size() - 1);
    }
}
