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
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.ResourceId;
import io.osmo.backend.spi.support.Reading;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.ec2.model.PlacementGroup;
import software.amazon.awssdk.services.eks.model.Nodegroup;

/** Reads launch templates, placement groups, node groups and the tags of their auto scaling groups. */
final class PoolReader implements Reader {
    @Override
    public CompletableFuture<Reading> read(AwsContext aws, Optional<BackendSpec> spec) {
        CompletableFuture<Reading> groups = NodeGroup.all(aws).thenCompose(found -> tags(aws, found));
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
        Map<String, String> nodeGroupByAsg = new HashMap<>();
        for (Nodegroup group : groups) {
            observed.put(
                    NodeGroup.id(group.nodegroupName()),
                    aws.tags().owns(group.tags()) ? Observed.ours(group) : Observed.foreign(group));
            AsgTags.groupOf(group).ifPresent(asg -> nodeGroupByAsg.put(asg, group.nodegroupName()));
        }
        if (nodeGroupByAsg.isEmpty() || !aws.settings().offers(EksFeature.AUTO_SCALING_GROUPS)) {
            return CompletableFuture.completedFuture(Reading.observed(observed));
        }
        return aws.async(
                        "autoscaling:DescribeTags",
                        () -> aws
                                .clients()
                                .autoScaling()
                                .describeTagsPaginator(r -> r.filters(
                                        f -> f.name("auto-scaling-group").values(nodeGroupByAsg.keySet())))
                                .tags()
                                .stream()
                                .toList())
                .thenApply(found -> {
                    Map<String, Map<String, String>> byAsg = new HashMap<>();
                    found.forEach(tag -> byAsg.computeIfAbsent(tag.resourceId(), asg -> new HashMap<>())
                            .put(tag.key(), tag.value()));
                    byAsg.forEach((asg, tags) -> {
                        String group = nodeGroupByAsg.get(asg);
                        if (group != null && aws.tags().owns(tags)) {
                            observed.put(AsgTags.id(group), Observed.ours(new ObservedAsgTags(asg, tags)));
                        }
                    });
                    return Reading.observed(observed);
                });
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

    /** The steps over which a node group has to follow the control plane, before the last one. */
    static List<KubernetesVersion> following(Nodegroup group, List<KubernetesVersion> steps) {
        return steps.isEmpty()
                ? List.of()
                : steps.subList(0, steps.size() - 1).stream()
                        .filter(step -> KubernetesVersion.of(group.version()).compareTo(step) < 0)
                        .toList();
    }
}
