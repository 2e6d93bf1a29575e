// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.diagnosis;

import io.osmo.backend.aws.EksFeature;
import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ids;
import io.osmo.backend.aws.internal.cluster.ClusterReader;
import io.osmo.backend.aws.internal.pool.ExistingPool;
import io.osmo.backend.aws.internal.pool.PoolNames;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spi.provider.ClusterNodes;
import io.osmo.backend.spi.provider.EvidenceReader;
import io.osmo.backend.spi.provider.Facts;
import io.osmo.backend.spi.provider.Futures;
import io.osmo.backend.spi.provider.JoinEvidence;
import io.osmo.backend.spi.provider.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.LaunchTemplate;
import software.amazon.awssdk.services.eks.model.AccessEntry;
import software.amazon.awssdk.services.eks.model.Cluster;
import software.amazon.awssdk.services.eks.model.Nodegroup;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;

/** Reads what may explain why nodes of the backend's node groups are missing. */
final class AwsEvidenceReader implements EvidenceReader<AwsContext, JoinFacts> {
    private static final String NODE_GROUP = "eks.amazonaws.com/nodegroup";
    private static final String CLUSTER_TAG = "eks:cluster-name";
    /** Tag by which an instance names its node group. */
    static final String GROUP_TAG = "eks:nodegroup-name";

    @Override
    public CompletableFuture<List<JoinEvidence<JoinFacts>>> read(
            Observation<AwsContext> observation, CompletableFuture<Fact<ClusterNodes>> nodes) {
        AwsContext context = observation.context();
        CompletableFuture<Fact<Cluster>> cluster =
                Facts.observed(observation.of(ClusterReader.INSTANCE), Ids.CLUSTER, Cluster.class, "cluster");
        return ExistingPool.all(context)
                .thenCompose(groups -> Futures.all(pools(context, groups).entrySet().stream()
                        .map(pool -> pool(context, pool.getKey(), pool.getValue(), cluster, nodes))
                        .toList()));
    }

    private static Map<String, List<Nodegroup>> pools(AwsContext context, List<Nodegroup> groups) {
        Map<String, List<Nodegroup>> pools = new TreeMap<>();
        groups.stream()
                .filter(group -> context.ownership().owns(group.tags()))
                .forEach(group -> PoolNames.pool(context, group)
                        .ifPresent(pool -> pools.computeIfAbsent(pool, name -> new ArrayList<>())
                                .add(group)));
        return pools;
    }

    private static CompletableFuture<JoinEvidence<JoinFacts>> pool(
            AwsContext context,
            String pool,
            List<Nodegroup> groups,
            CompletableFuture<Fact<Cluster>> cluster,
            CompletableFuture<Fact<ClusterNodes>> nodes) {
        CompletableFuture<Fact<ClusterNodes>> own =
                ClusterNodes.of(nodes, NODE_GROUP, groups.stream().map(Nodegroup::nodegroupName));
        CompletableFuture<Fact<List<Instance>>> instances = Facts.of(instances(context, groups));
        CompletableFuture<Fact<List<Instance>>> outside = instances.thenCombine(own, AwsEvidenceReader::outside);
        CompletableFuture<Fact<NetworkPath>> network =
                Facts.then(cluster, found -> Facts.of(new NetworkPathReader(context, found, groups).read()));
        CompletableFuture<Fact<Optional<Set<String>>>> policies = Facts.of(policies(context, groups.get(0)));
        CompletableFuture<Fact<Optional<AccessEntry>>> entry = entry(context, groups.get(0));
        CompletableFuture<Fact<Set<String>>> templates = Facts.of(templates(context, groups));
        CompletableFuture<Statements> statements = outside.thenCompose(waiting -> Statements.read(
                context, groups, instances.join(), waiting.known().orElse(List.of())));
        return CompletableFuture.allOf(own, outside, network, policies, entry, templates, statements)
                .thenApply(done -> new JoinEvidence<>(
                        pool,
                        groups.stream()
                                .mapToInt(group -> group.scalingConfig().desiredSize())
                                .sum(),
                        own.join(),
                        statements.join().all(),
                        new JoinFacts(
                                groups,
                                cluster.join(),
                                outside.join(),
                                network.join(),
                                policies.join(),
                                entry.join(),
                                templates.join()),
                        Facts.gaps(Map.of(
                                "cluster", cluster.join(),
                                "instances", outside.join(),
                                "network", network.join(),
                                "policies of the node role", policies.join(),
                                "access entry of the node role", entry.join(),
                                "launch templates", templates.join(),
                                "scaling activities", statements.join().activities(),
                                "console", statements.join().console()))));
    }

    private static CompletableFuture<List<Instance>> instances(AwsContext context, List<Nodegroup> groups) {
        List<String> names = groups.stream().map(Nodegroup::nodegroupName).toList();
        return context.async(
                "ec2:DescribeInstances",
                () -> context
                        .ec2()
                        .describeInstancesPaginator(r -> r.filters(
                                f -> f.name("tag:" + CLUSTER_TAG).values(context.name()),
                                f -> f.name("tag:" + GROUP_TAG).values(names),
                                f -> f.name("instance-state-name").values("pending", "running")))
                        .reservations()
                        .stream()
                        .flatMap(reservation -> reservation.instances().stream())
                        .toList());
    }

    /** The instances that are no nodes; a node has the private DNS name of its instance. */
    private static Fact<List<Instance>> outside(Fact<List<Instance>> instances, Fact<ClusterNodes> nodes) {
        return Facts.both(
                instances,
                nodes,
                (all, joined) -> all.stream()
                        .filter(instance -> joined.nodes().stream()
                                .noneMatch(node -> node.name().equals(instance.privateDnsName())))
                        .toList());
    }

    private static CompletableFuture<Optional<Set<String>>> policies(AwsContext context, Nodegroup group) {
        String role = group.nodeRole().substring(group.nodeRole().lastIndexOf('/') + 1);
        return context.findAsync(
                "iam:ListAttachedRolePolicies",
                () -> context.iam().listAttachedRolePoliciesPaginator(r -> r.roleName(role)).attachedPolicies().stream()
                        .map(AttachedPolicy::policyName)
                        .collect(Collectors.toSet()));
    }

    private static CompletableFuture<Fact<Optional<AccessEntry>>> entry(AwsContext context, Nodegroup group) {
        return context.offers(EksFeature.ACCESS_ENTRIES)
                ? Facts.of(context.findAsync(
                        "eks:DescribeAccessEntry",
                        () -> context.eks()
                                .describeAccessEntry(
                                        r -> r.clusterName(context.name()).principalArn(group.nodeRole()))
                                .accessEntry()))
                : CompletableFuture.completedFuture(Fact.unknown("settings.omit names " + EksFeature.ACCESS_ENTRIES));
    }

    private static CompletableFuture<Set<String>> templates(AwsContext context, List<Nodegroup> groups) {
        List<String> ids = groups.stream()
                .flatMap(group -> Stream.ofNullable(group.launchTemplate()))
                .map(template -> template.id())
                .distinct()
                .toList();
        return context.async(
                "ec2:DescribeLaunchTemplates",
                () -> context.ec2().describeLaunchTemplatesPaginator().launchTemplates().stream()
                        .map(LaunchTemplate::launchTemplateId)
                        .filter(ids::contains)
                        .collect(Collectors.toSet()));
    }
}
