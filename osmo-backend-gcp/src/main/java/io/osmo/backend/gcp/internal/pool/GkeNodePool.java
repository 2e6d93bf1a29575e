// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.pool;

import com.google.cloud.container.v1.ClusterManagerClient;
import com.google.container.v1.Cluster;
import com.google.container.v1.NodeConfig;
import com.google.container.v1.NodeLabels;
import com.google.container.v1.NodePool;
import com.google.container.v1.NodePoolAutoscaling;
import com.google.container.v1.NodeTaints;
import com.google.container.v1.Operation;
import com.google.container.v1.ResourceLabels;
import com.google.container.v1.SetNodePoolAutoscalingRequest;
import com.google.container.v1.SetNodePoolManagementRequest;
import com.google.container.v1.SetNodePoolSizeRequest;
import com.google.container.v1.UpdateNodePoolRequest;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.GcpErrors;
import io.osmo.backend.gcp.internal.GcpResource;
import io.osmo.backend.gcp.internal.LastOperation;
import io.osmo.backend.gcp.internal.cluster.ClusterReader;
import io.osmo.backend.gcp.internal.cluster.GkeCluster;
import io.osmo.backend.gcp.internal.cluster.ObservedCluster;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.NodeLabel;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import io.osmo.backend.spi.provider.Differences;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Ownership;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A node pool (OP-*, CN-*). GKE works on one pool of a cluster at a time, so each pool comes after the one before it, and a change
 * waits for whatever else is running on the cluster.
 */
public final class GkeNodePool extends GcpResource<ObservedPool> implements Resource<ObservedPool> {
    private static final String KIND = "node-pool";

    /** What the calls below need. */
    public static final Needs NEEDS = Needs.of(KIND)
            .read("container.clusters.get", "container.operations.get")
            .create("container.clusters.update", "iam.serviceAccounts.actAs")
            .update("container.clusters.update")
            .delete("container.clusters.update");

    private static final String CAPACITY = "capacity";
    private static final String NODES = "nodes";
    private static final String NODE_LABEL = "cloud.google.com/gke-nodepool";
    private static final Duration UPDATE = Duration.ofMinutes(3);

    private final LastOperation creation = new LastOperation();
    private final String name;
    private final PoolName identity;
    private final String location;
    private final Optional<NodePool> wanted;
    private final boolean surges;
    private final NodeVersion version;
    private final Set<ResourceId> replaces;

    /**
     * @param with whether it is created with the cluster
     * @param replaces earlier generations, which are deleted once this one is ready
     */
    GkeNodePool(
            GcpContext context,
            String location,
            DesiredPool desired,
            NodeVersion version,
            Set<ResourceId> after,
            boolean with,
            Set<ResourceId> replaces) {
        super(
                context,
                id(desired.name()),
                ObservedPool.class,
                after,
                timing(with ? Duration.ofSeconds(2) : Duration.ofSeconds(150), desired.nodePool()),
                desired.describe());
        NodePool pool = desired.nodePool();
        this.name = desired.name();
        this.identity = PoolName.of(pool);
        this.location = location;
        this.wanted = Optional.of(pool);
        this.surges = desired.surges();
        this.version = version;
        this.replaces = Set.copyOf(replaces);
    }

    /**
     * An existing one. GKE deletes one pool at a time, but that is no order: a pool that is replaced must not wait for the deletion of
     * another one whose successor comes after it.
     */
    GkeNodePool(GcpContext context, ObservedPool observed) {
        super(
                context,
                id(observed.pool().getName()),
                ObservedPool.class,
                Set.of(GkeCluster.ID),
                timing(Duration.ofSeconds(150), observed.pool()),
                "node pool " + observed.pool().getName());
        this.name = observed.pool().getName();
        this.identity = PoolName.of(observed.pool());
        this.location = observed.cluster().location();
        this.wanted = Optional.empty();
        this.surges = false;
        this.version = NodeVersion.ANY;
        this.replaces = Set.of();
    }

    /** The deadline leaves each node its time, since GKE waits for budgets when it replaces nodes. */
    private static Timing timing(Duration create, NodePool pool) {
        int nodes = Math.max(1, pool.getAutoscaling().getTotalMaxNodeCount());
        return new Timing(
                create,
                UPDATE,
                Duration.ofMinutes(2),
                Duration.ofSeconds(5),
                Duration.ofMinutes(60).plus(Duration.ofMinutes(5).multipliedBy(nodes)));
    }

    static ResourceId id(String name) {
        return ResourceId.of(KIND, name);
    }

    private NodePool wanted() {
        return wanted.orElseThrow();
    }

    @Override
    public Optional<String> pool() {
        return Optional.of(identity.pool());
    }

    @Override
    public Optional<NodeLabel> nodes() {
        return Optional.of(new NodeLabel(NODE_LABEL, name));
    }

    @Override
    public Set<ResourceId> replaces() {
        return replaces;
    }

    @Override
    public List<String> newTaints(ObservedPool replaced) {
        return PoolComparison.newTaints(replaced.pool().getConfig(), wanted().getConfig());
    }

    @Override
    public Disruption deletionDisruption() {
        return Disruption.OUTAGE;
    }

    @Override
    public Disruption deletionDisruption(ObservedPool observed) {
        return observed.runsNothing() || observed.hasNoNodes() ? Disruption.NONE : Disruption.OUTAGE;
    }

    @Override
    public Optional<ResourceId> deletedWith() {
        return Optional.of(GkeCluster.ID);
    }

    @Override
    public boolean billed() {
        return true;
    }

    @Override
    public boolean neededByControllers() {
        return true;
    }

    /** Switches the autoscaling of the pool off. */
    @Override
    public boolean stopGrowth(State state) {
        Optional<ObservedPool> found = read(state);
        if (found.isEmpty()) {
            return true;
        }
        if (!found.get().pool().getAutoscaling().getEnabled()) {
            return found.get().readiness().status() != Readiness.Status.PENDING;
        }
        context.call(
                "container.nodePools.update",
                () -> clients()
                        .clusters()
                        .setNodePoolAutoscaling(SetNodePoolAutoscalingRequest.newBuilder()
                                .setName(path())
                                .setAutoscaling(NodePoolAutoscaling.newBuilder().setEnabled(false))
                                .build()));
        return false;
    }

    private String path() {
        return ClusterReader.path(context, location) + "/nodePools/" + name;
    }

    /** Where the pool is absent and the cluster busy, nothing can be done but to try again. */
    @Override
    public Optional<ObservedPool> read(State state) {
        Optional<ObservedCluster> cluster = ClusterReader.find(context, location);
        Optional<ObservedPool> pool = cluster.stream()
                .flatMap(found -> ObservedPool.in(found).stream())
                .filter(found -> found.pool().getName().equals(name))
                .findFirst();
        LastOperation last = pool.isPresent() ? lastOperation : creation;
        cluster.ifPresent(found -> last.running(id -> found.progress("container.clusters.update", id)));
        if (pool.isEmpty()) {
            cluster.flatMap(ObservedCluster::busy).ifPresent(operation -> {
                throw CloudException.builder(CloudError.CONFLICT, "container.nodePools.get")
                        .code("BUSY")
                        .message("waits for " + operation)
                        .remedy("Let it finish, then apply again.")
                        .build();
            });
        }
        return pool.map(
                found -> wanted.isPresent() && countsNodes(found) ? found.with(GroupSizes.read(context)) : found);
    }

    /**
     * Whether the number of nodes decides what is different, with a minimum or a maximum that is lowered, or what that does to running
     * work.
     */
    private boolean countsNodes(ObservedPool found) {
        NodePoolAutoscaling want = wanted().getAutoscaling();
        return found.isIdle() && want.getTotalMinNodeCount() > 0
                || PoolComparison.isLowered(found, want)
                || found.readiness().status() == Readiness.Status.READY
                        && differences(found).stream()
                                .anyMatch(change -> change.disruption().exceeds(Disruption.NONE));
    }

    @Override
    public Readiness readiness(ObservedPool observed) {
        // The key of the backend is repaired by the backend; whoever else has a key has to repair it.
        return wanted.isPresent() && observed.lacksKey() && !context.usesExistingKey()
                ? Readiness.pending(observed.problems())
                : observed.readiness();
    }

    @Override
    public ObservedPool create(State state) {
        String parent = ClusterReader.path(context, location);
        Operation operation = context.call(
                "container.nodePools.create", () -> clients().clusters().createNodePool(parent, wanted()));
        creation.begin(operation.getName());
        return new ObservedPool(
                wanted().toBuilder().setStatus(NodePool.Status.PROVISIONING).build(),
                new ObservedCluster(Cluster.newBuilder().setLocation(location).build(), List.of(operation)),
                Optional.empty());
    }

    @Override
    public List<FieldChange> compare(ObservedPool observed, State state) {
        List<FieldChange> differences = differences(observed);
        return observed.hasNoNodes() && wanted().getAutoscaling().getTotalMinNodeCount() == 0
                ? Differences.withoutNodes(differences)
                : differences;
    }

    private List<FieldChange> differences(ObservedPool observed) {
        Differences differences = new Differences();
        version.compare(observed).ifPresent(differences::add);
        differences.addAll(PoolComparison.of(observed, wanted(), surges).list());
        PoolMinimum minimum = minimum(observed);
        if (minimum.each().isPresent()) {
            differences.inPlace(NODES, minimum.below().orElse(0), "at least " + minimum.min());
        }
        observed.shortage().ifPresent(text -> differences.inPlace(CAPACITY, text, "the nodes that it asks for"));
        return differences.list();
    }

    private PoolMinimum minimum(ObservedPool observed) {
        NodePoolAutoscaling bounds = wanted().getAutoscaling();
        return new PoolMinimum(observed, bounds.getTotalMinNodeCount(), bounds.getTotalMaxNodeCount());
    }

    /** GKE replaces nodes in groups as large as the pool's upgrade settings say. */
    @Override
    public Duration updateTime(ObservedPool observed, List<FieldChange> changes) {
        if (changes.stream().noneMatch(change -> change.disruption() == Disruption.ROLLING)) {
            return timing().update();
        }
        NodePool pool = observed.pool();
        NodePool.UpgradeSettings settings = pool.getUpgradeSettings();
        int atOnce = Math.max(1, settings.getMaxSurge() + settings.getMaxUnavailable());
        int first = pool.getInitialNodeCount() * pool.getLocationsCount();
        int nodes = Math.max(1, Math.max(first, pool.getAutoscaling().getTotalMinNodeCount()));
        return UPDATE.multipliedBy((nodes + atOnce - 1) / atOnce);
    }

    @Override
    public void update(ObservedPool observed, List<FieldChange> changes, State state) {
        String field = changes.get(0).field();
        if (field.equals(CAPACITY)) {
            throw noCapacity(observed);
        }
        ClusterManagerClient service = clients().clusters();
        Operation started = context.call("container.nodePools.update", () -> switch (field) {
            case "autoscaling" ->
                service.setNodePoolAutoscaling(SetNodePoolAutoscalingRequest.newBuilder()
                        .setName(path())
                        .setAutoscaling(wanted().getAutoscaling())
                        .build());
            case NODES ->
                service.setNodePoolSize(SetNodePoolSizeRequest.newBuilder()
                        .setName(path())
                        .setNodeCount(minimum(observed).each().orElseThrow())
                        .build());
            case "management.autoRepair", "management.autoUpgrade" ->
                service.setNodePoolManagement(SetNodePoolManagementRequest.newBuilder()
                        .setName(path())
                        .setManagement(wanted().getManagement())
                        .build());
            default -> service.updateNodePool(change(field, observed));
        });
        lastOperation.begin(started.getName());
    }

    private UpdateNodePoolRequest change(String field, ObservedPool observed) {
        NodeConfig config = wanted().getConfig();
        // The service requires the version and the image in each request, even if they do not change.
        UpdateNodePoolRequest.Builder request = UpdateNodePoolRequest.newBuilder()
                .setName(path())
                .setNodeVersion(observed.pool().getVersion())
                .setImageType(observed.pool().getConfig().getImageType());
        switch (field.startsWith(PoolComparison.LABELS + ".") ? PoolComparison.LABELS : field) {
            case "version" ->
                request.setNodeVersion(observed.cluster().cluster().getCurrentMasterVersion());
            case "locations" -> request.addAllLocations(wanted().getLocationsList());
            // One call for all of them, so that each node is replaced once.
            case "config.machineType", "config.diskType", "config.diskSizeGb" ->
                request.setMachineType(config.getMachineType())
                        .setDiskType(config.getDiskType())
                        .setDiskSizeGb(config.getDiskSizeGb());
            case "config.imageType" -> request.setImageType(config.getImageType());
            case "config.labels" -> request.setLabels(NodeLabels.newBuilder().putAllLabels(config.getLabelsMap()));
            case "config.taints" -> request.setTaints(NodeTaints.newBuilder().addAllTaints(config.getTaintsList()));
            case PoolComparison.LABELS ->
                request.setResourceLabels(ResourceLabels.newBuilder()
                        .putAllLabels(Ownership.merged(
                                observed.pool().getConfig().getResourceLabelsMap(), config.getResourceLabelsMap())));
            default -> throw new IllegalStateException("cannot be changed in place: " + field);
        }
        return request.build();
    }

    /** GKE itself retries, which is worth waiting for some minutes; after that, the error can only say what is missing. */
    private static CloudException noCapacity(ObservedPool observed) {
        String text = observed.problems();
        CloudException failure = GcpErrors.failed("container.nodePools.create", "FAILED_PRECONDITION", text);
        return failure.error() == CloudError.QUOTA_EXCEEDED || observed.lacksKey()
                ? failure
                : GcpErrors.failed("container.nodePools.create", "POOL_WITH_ERROR", text);
    }

    @Override
    public void delete(ObservedPool observed, State state) {
        context.find("container.nodePools.delete", () -> clients().clusters().deleteNodePool(path()))
                .ifPresent(started -> lastOperation.beginDeletion(started.getName()));
    }
}
