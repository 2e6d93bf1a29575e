// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.pool;

import io.osmo.backend.aws.EksFeature;
import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.EksResource;
import io.osmo.backend.aws.internal.Ids;
import io.osmo.backend.aws.internal.cluster.ExistingCluster;
import io.osmo.backend.aws.internal.identity.IamRole;
import io.osmo.backend.aws.internal.identity.RoleKind;
import io.osmo.backend.aws.internal.sweep.Sweep;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.NodeLabel;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import io.osmo.backend.spi.provider.Futures;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.eks.model.DescribeUpdateRequest;
import software.amazon.awssdk.services.eks.model.Nodegroup;
import software.amazon.awssdk.services.eks.model.NodegroupStatus;

/** A node group that exists. It can be read and deleted; what is wanted of it is not known here. */
public sealed class ExistingPool extends EksResource<Nodegroup> permits NodeGroup, NodeGroupUpgrade {
    private static final String NODES = "eks.amazonaws.com/nodegroup";
    private static final Duration LIMIT = Duration.ofMinutes(60);

    /** What EKS takes to replace the nodes that may be unavailable at the same time, drains included. */
    static final Duration BATCH = Duration.ofMinutes(4);

    private final String name;
    private final String pool;

    /** A node group to be deleted. */
    ExistingPool(AwsContext context, Nodegroup group) {
        this(context, group.nodegroupName(), PoolNames.pool(context, group).orElse(group.nodegroupName()));
    }

    private ExistingPool(AwsContext context, String name, String pool) {
        this(context, Ids.nodeGroup(name), name, pool, deletedBefore(pool), Duration.ZERO, "node group " + name);
    }

    /**
     * @param name name of the node group in EKS
     * @param pool name of the pool in the spec
     * @param rolling how long an update may take that replaces all nodes
     */
    ExistingPool(
            AwsContext context,
            ResourceId id,
            String name,
            String pool,
            Set<ResourceId> after,
            Duration rolling,
            String description) {
        super(context, id, Nodegroup.class, after, timing(rolling), description);
        this.name = name;
        this.pool = pool;
    }

    private static Timing timing(Duration rolling) {
        return new Timing(
                Duration.ofMinutes(3),
                Duration.ofMinutes(2),
                Duration.ofMinutes(4),
                Duration.ofSeconds(10),
                LIMIT.plus(rolling));
    }

    /** What nodes need, and the sweeps of what workloads leave behind. */
    private static Set<ResourceId> deletedBefore(String pool) {
        Set<ResourceId> needed = new HashSet<>();
        needed.addAll(Set.of(Ids.CLUSTER, IamRole.id(RoleKind.NODE), Sweep.LOAD_BALANCERS, Sweep.VOLUMES));
        PoolConcern.ADDONS_BEFORE_NODES.forEach(addon -> needed.add(Ids.addon(addon)));
        needed.add(PoolTemplate.id(pool));
        return needed;
    }

    @Override
    public final Optional<String> pool() {
        return Optional.of(pool);
    }

    @Override
    public Optional<NodeLabel> nodes() {
        return Optional.of(new NodeLabel(NODES, name));
    }

    @Override
    public final Disruption deletionDisruption() {
        return Disruption.OUTAGE;
    }

    /** One that has failed at its creation, or has no nodes, runs nothing, and one that is being deleted is beyond help. */
    @Override
    public final Disruption deletionDisruption(Nodegroup observed) {
        return observed.status() == NodegroupStatus.CREATE_FAILED
                        || PoolFit.isDeleted(observed)
                        || PoolGroups.isEmpty(observed)
                ? Disruption.NONE
                : Disruption.OUTAGE;
    }

    /** The autoscaler of the cluster heeds the bounds of the group; EKS allows no maximum below 1. */
    @Override
    public final boolean stopGrowth(State state) {
        Optional<Nodegroup> found = describe(context, name);
        if (found.isEmpty() || readiness(found.get()).status() == Readiness.Status.DELETING) {
            return true;
        }
        Nodegroup group = found.get();
        if (readiness(group).status() == Readiness.Status.PENDING) {
            return false;
        }
        int nodes = PoolGroups.nodes(group);
        int most = Math.max(1, nodes);
        if (readiness(group).status() == Readiness.Status.FAILED
                || group.scalingConfig() == null
                || group.scalingConfig().maxSize() == null
                || group.scalingConfig().maxSize() <= most) {
            return true;
        }
        int least = Math.min(nodes, group.scalingConfig().minSize());
        update(
                "eks:UpdateNodegroupConfig",
                () -> context.eks()
                        .updateNodegroupConfig(r -> r.clusterName(context.name())
                                .nodegroupName(name)
                                .scalingConfig(s -> s.minSize(least).maxSize(most)))
                        .update());
        return false;
    }

    @Override
    public final boolean billed() {
        return true;
    }

    @Override
    public final boolean neededByControllers() {
        return true;
    }

    @Override
    protected final void name(DescribeUpdateRequest.Builder request) {
        request.nodegroupName(name);
    }

    @Override
    public Optional<Nodegroup> read(State state) {
        return describe(context, name);
    }

    static Optional<Nodegroup> describe(AwsContext context, String name) {
        return context.find(
                "eks:DescribeNodegroup",
                () -> context.eks()
                        .describeNodegroup(r -> r.clusterName(context.name()).nodegroupName(name))
                        .nodegroup());
    }

    /** All node groups of the cluster, whoever made them; none when there is no cluster. Two round trips. */
    public static CompletableFuture<List<Nodegroup>> all(AwsContext context) {
        return context.offers(EksFeature.LISTS_OF_ABSENT_CLUSTER)
                ? listed(context)
                : context.scheduler()
                        .call(() -> ExistingCluster.describe(context))
                        .thenCompose(cluster ->
                                cluster.isPresent() ? listed(context) : CompletableFuture.completedFuture(List.of()));
    }

    private static CompletableFuture<List<Nodegroup>> listed(AwsContext context) {
        return context.findAsync(
                        "eks:ListNodegroups",
                        () -> context.eks().listNodegroupsPaginator(r -> r.clusterName(context.name())).stream()
                                .flatMap(page -> page.nodegroups().stream())
                                .toList())
                .thenCompose(names -> Futures.all(names.orElse(List.of()).stream()
                        .map(name -> context.scheduler().call(() -> describe(context, name)))
                        .toList()))
                .thenApply(found -> found.stream().flatMap(Optional::stream).toList());
    }

    /** A degraded group still serves its nodes, and replacing it would cost them: it counts as ready, with the reason. */
    @Override
    public final Readiness readiness(Nodegroup observed) {
        String issues = String.join("; ", NodeGroupIssues.of(observed));
        String reason = observed.statusAsString() + (issues.isEmpty() ? "" : ": " + issues);
        return switch (observed.status()) {
            case ACTIVE -> Readiness.ready();
            case DEGRADED -> new Readiness(Readiness.Status.READY, issues);
            case CREATING, UPDATING -> Readiness.pending(reason);
            case DELETING -> Readiness.deleting();
            default -> failed(NodeGroupIssues.codes(observed).stream().findFirst(), reason);
        };
    }

    @Override
    public void delete(Nodegroup observed, State state) {
        context.delete(
                "eks:DeleteNodegroup",
                () -> context.eks()
                        .deleteNodegroup(r -> r.clusterName(context.name()).nodegroupName(name)));
    }
}
