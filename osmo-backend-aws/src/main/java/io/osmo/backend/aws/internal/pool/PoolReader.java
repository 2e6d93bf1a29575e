// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.pool;

import io.osmo.backend.aws.EksFeature;
import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.aws.PoolSettings;
import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ec2Kind;
import io.osmo.backend.aws.internal.catalog.KubernetesVersion;
import io.osmo.backend.aws.internal.catalog.NewestImages;
import io.osmo.backend.aws.internal.cluster.Upgrades;
import io.osmo.backend.aws.internal.network.Ec2SecurityGroup;
import io.osmo.backend.aws.internal.network.GatewayReader;
import io.osmo.backend.aws.internal.network.ObservedVpc;
import io.osmo.backend.aws.internal.network.VpcNetwork;
import io.osmo.backend.aws.internal.network.VpcReader;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.provider.Futures;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.eks.model.Nodegroup;

/** Reads launch templates, placement groups, node groups and the tags of their auto scaling groups. */
public final class PoolReader implements Reader<AwsContext> {
    public static final Reader<AwsContext> INSTANCE = new PoolReader();

    /** Most auto scaling groups in one answer. */
    private static final int PAGE = 100;

    /** EKS tags the auto scaling groups that it makes. */
    private static final String CLUSTER_TAG = "eks:cluster-name";

    private PoolReader() {}

    @Override
    public Needs needs(Optional<BackendSpec> spec) {
        return Needs.reading(
                "autoscaling:DescribeAutoScalingGroups",
                "ec2:DescribeLaunchTemplates",
                "ec2:DescribeLaunchTemplateVersions",
                "ec2:DescribePlacementGroups",
                "ec2:DescribeSecurityGroups",
                "ssm:GetParameters");
    }

    @Override
    public CompletableFuture<Reading> read(Observation<AwsContext> observation) {
        AwsContext context = observation.context();
        List<CompletableFuture<Reading>> parts = new ArrayList<>();
        parts.add(observation.of(NodeGroups.READER).thenCompose(found -> {
            List<Nodegroup> groups = NodeGroups.of(found).all();
            return tags(context, groups)
                    .thenCombine(releases(context, groups, observation.spec()), Reading::and)
                    .thenApply(tags -> tags.and(found).and(upgrades(groups, observation.spec())));
        }));
        parts.add(withTaken(
                templates(context), ours -> PoolTemplate.NAMES.taken(context, templateNames(observation), ours)));
        if (context.offers(EksFeature.PLACEMENT_GROUPS) && mayHavePlacement(context, observation.spec())) {
            parts.add(withTaken(
                    PoolPlacement.GROUPS.ours(context),
                    ours -> PoolPlacement.NAMES.taken(context, placementNames(observation), ours)));
        }
        parts.add(takenGroup(observation));
        return Reading.all(parts);
    }

    /** The backend's node groups, and those of others with a name that the backend needs. */
    private static CompletableFuture<Reading> withTaken(
            CompletableFuture<Reading> ours, Function<Reading, CompletableFuture<Reading>> taken) {
        return ours.thenCompose(found -> taken.apply(found).thenApply(found::and));
    }

    private static Map<String, ResourceId> templateNames(Observation<AwsContext> observation) {
        return observation.spec().map(BackendSpec::pools).orElse(List.of()).stream()
                .collect(Collectors.toMap(
                        pool -> PoolTemplate.name(observation.context(), pool.name()),
                        pool -> PoolTemplate.id(pool.name())));
    }

    private static Map<String, ResourceId> placementNames(Observation<AwsContext> observation) {
        return observation.spec().map(BackendSpec::pools).orElse(List.of()).stream()
                .filter(pool ->
                        observation.context().settings().pool(pool.name()).placementGroup())
                .collect(Collectors.toMap(
                        pool -> PoolPlacement.name(observation.context(), pool.name()),
                        pool -> PoolPlacement.id(pool.name())));
    }

    /** A network has each name of a security group once: the backend's own may have lost its tags. */
    private static CompletableFuture<Reading> takenGroup(Observation<AwsContext> observation) {
        AwsContext context = observation.context();
        boolean efa = context.settings().pools().values().stream().anyMatch(PoolSettings::efa);
        if (observation.spec().isEmpty() || !efa) {
            return CompletableFuture.completedFuture(Reading.empty());
        }
        return observation
                .of(VpcReader.INSTANCE)
                .thenCombine(observation.of(GatewayReader.INSTANCE), Reading::and)
                .thenCompose(ours -> Optional.ofNullable(ours.observed().get(VpcNetwork.ID))
                        .map(vpc -> Ec2SecurityGroup.NAMES.taken(
                                context,
                                Map.of(EfaGroup.name(context), EfaGroup.ID),
                                ours,
                                Ec2Kind.filter("vpc-id", ((ObservedVpc) vpc.value()).id())))
                        .orElseGet(() -> CompletableFuture.completedFuture(Reading.empty())));
    }

    /** Without a spec anything may exist; with one, placement groups exist where it asks for them, or did before. */
    private static boolean mayHavePlacement(AwsContext context, Optional<BackendSpec> spec) {
        return spec.isEmpty()
                || !EksSettings.of(spec.get().settings()).pools().isEmpty()
                || context.settings().pools().values().stream().anyMatch(PoolSettings::placementGroup);
    }

    private static CompletableFuture<Reading> releases(
            AwsContext context, List<Nodegroup> groups, Optional<BackendSpec> spec) {
        return spec.isPresent() && context.offers(EksFeature.VERSION_UPDATES)
                ? NewestImages.read(context, groups)
                : CompletableFuture.completedFuture(Reading.empty());
    }

    /** Auto scaling groups come with all their tags, a hundred groups at once; tags alone would come a hundred tags at once. */
    private static CompletableFuture<Reading> tags(AwsContext context, List<Nodegroup> groups) {
        Map<String, String> groupsByAsg = new HashMap<>();
        // The tags of a group that is being deleted go with it.
        groups.stream()
                .filter(group -> !PoolFit.isDeleted(group))
                .forEach(group -> AsgTags.groupOf(group).ifPresent(asg -> groupsByAsg.put(asg, group.nodegroupName())));
        if (groupsByAsg.isEmpty() || !context.offers(EksFeature.AUTO_SCALING_GROUPS)) {
            return CompletableFuture.completedFuture(Reading.empty());
        }
        return context.async(
                        "autoscaling:DescribeAutoScalingGroups",
                        () -> context
                                .autoScaling()
                                .describeAutoScalingGroupsPaginator(r -> r.maxRecords(PAGE)
                                        .filters(f ->
                                                f.name("tag:" + CLUSTER_TAG).values(context.name())))
                                .autoScalingGroups()
                                .stream()
                                .map(ObservedAsgTags::of)
                                .toList())
                .thenApply(found -> {
                    Map<ResourceId, Observed<?>> observed = new HashMap<>();
                    found.stream()
                            .filter(asg -> context.ownership().owns(asg.tags()))
                            .forEach(asg -> Optional.ofNullable(groupsByAsg.get(asg.group()))
                                    .ifPresent(group -> observed.put(AsgTags.id(group), Observed.ours(asg))));
                    return Reading.observed(observed);
                });
    }

    private static CompletableFuture<Reading> templates(AwsContext context) {
        return context.scheduler()
                .call(() -> PoolTemplate.TEMPLATES.list(context, Ec2Kind.ours(context.ownership())))
                .thenCompose(found -> Futures.all(found.stream()
                        .map(each -> context.scheduler().call(() -> PoolTemplate.detailed(context, each)))
                        .toList()))
                .thenApply(found -> PoolTemplate.TEMPLATES.sort(
                        context, found.stream().flatMap(Optional::stream).toList()));
    }

    private static Reading upgrades(List<Nodegroup> groups, Optional<BackendSpec> spec) {
        Map<ResourceId, Observed<?>> observed = new HashMap<>();
        spec.flatMap(BackendSpec::kubernetesVersion)
                .flatMap(KubernetesVersion::parse)
                .ifPresent(wanted -> groups.forEach(group -> onTheWay(group, wanted)
                        .forEach(step ->
                                observed.put(Upgrades.nodeGroup(step, group.nodegroupName()), Observed.ours(group)))));
        return Reading.observed(observed);
    }

    /** The versions that a node group has to go through before the wanted one. */
    static List<KubernetesVersion> onTheWay(Nodegroup group, KubernetesVersion wanted) {
        List<KubernetesVersion> steps = Upgrades.between(KubernetesVersion.of(group.version()), wanted);
        return steps.isEmpty() ? steps : steps.subList(0, steps.size() - 1);
    }
}
