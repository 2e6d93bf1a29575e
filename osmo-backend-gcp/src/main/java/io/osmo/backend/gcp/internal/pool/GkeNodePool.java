// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.pool;

import com.google.container.v1.CreateNodePoolRequest;
import com.google.container.v1.NodeConfig;
import com.google.container.v1.NodeLabels;
import com.google.container.v1.NodePool;
import com.google.container.v1.NodeTaints;
import com.google.container.v1.ResourceLabels;
import com.google.container.v1.SetNodePoolAutoscalingRequest;
import com.google.container.v1.SetNodePoolManagementRequest;
import com.google.container.v1.StatusCondition;
import com.google.container.v1.UpdateNodePoolRequest;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.GcpErrors;
import io.osmo.backend.gcp.internal.GcpResource;
import io.osmo.backend.gcp.internal.Ownership;
import io.osmo.backend.gcp.internal.catalog.GkeVersion;
import io.osmo.backend.gcp.internal.cluster.ClusterCalls;
import io.osmo.backend.gcp.internal.cluster.GkeCluster;
import io.osmo.backend.gcp.internal.cluster.ObservedCluster;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A node pool (OP-*, CN-*). GKE works on one pool of a cluster at a time, so each comes after the one before it; what else is
 * under way with the cluster is waited for.
 */
public final class GkeNodePool extends GcpResource<ObservedPool> {
    private static final String KIND = "node-pool";
    private static final String CAPACITY = "capacity";
    private static final Timing ALONE = seconds(150, 180, 120);

    /** The first one is made with the cluster. */
    private static final Timing WITH_CLUSTER = seconds(2, 180, 120);

    private final String name;
    private final String location;
    private final Optional<NodePool> wanted;
    private final Optional<String> minor;

    /** @param with whether it is made with the cluster */
    GkeNodePool(
            GcpContext gcp,
            String location,
            NodePool wanted,
            Optional<String> minor,
            Set<ResourceId> after,
            boolean with,
            String description) {
        super(gcp, id(wanted.getName()), ObservedPool.class, after, with ? WITH_CLUSTER : ALONE, description);
        this.name = wanted.getName();
        this.location = location;
        this.wanted = Optional.of(wanted);
        this.minor = minor;
    }

    /** One that stands, for deletion. */
    GkeNodePool(GcpContext gcp, String location, String name, Set<ResourceId> after) {
        super(gcp, id(name), ObservedPool.class, after, ALONE, "node pool " + name);
        this.name = name;
        this.location = location;
        this.wanted = Optional.empty();
        this.minor = Optional.empty();
    }

    static ResourceId id(String name) {
        return ResourceId.of(KIND, name);
    }

    static boolean isPool(ResourceId id) {
        return id.kind().equals(KIND);
    }

    private NodePool wanted() {
        return wanted.orElseThrow();
    }

    @Override
    public Optional<String> pool() {
        return Optional.of(name);
    }

    @Override
    public Optional<ResourceId> deletedWith() {
        return Optional.of(GkeCluster.ID);
    }

    private String path() {
        return ClusterCalls.path(gcp, location) + "/nodePools/" + name;
    }

    static Optional<ObservedPool> in(ObservedCluster cluster, String name) {
        return cluster.pool(name)
                .map(pool -> new ObservedPool(pool, cluster.cluster().getCurrentMasterVersion(), cluster.busy()));
    }

    /** Where the pool is absent and the cluster busy, there is nothing to be done but to come again. */
    @Override
    public Optional<ObservedPool> read(State state) {
        Optional<ObservedCluster> cluster = ClusterCalls.read(gcp, location);
        Optional<ObservedPool> pool = cluster.flatMap(c -> in(c, name));
        if (pool.isEmpty()) {
            cluster.flatMap(ObservedCluster::busy).ifPresent(operation -> {
                throw new CloudException(
                        CloudError.CONFLICT,
                        "container.nodePools.get",
                        "BUSY",
                        "waits for " + operation,
                        "Let it finish, then apply again.",
                        null,
                        null);
            });
        }
        return pool;
    }

    @Override
    public Readiness readiness(ObservedPool observed) {
        NodePool pool = observed.pool();
        return switch (pool.getStatus()) {
            case STOPPING -> Readiness.deleting();
            case PROVISIONING, RECONCILING ->
                Readiness.pending(observed.busy().orElse(pool.getStatus().name()));
            case ERROR ->
                observed.busy().<Readiness>map(Readiness::pending).orElseGet(() -> Readiness.failed(conditions(pool)));
            default -> observed.busy().<Readiness>map(Readiness::pending).orElseGet(Readiness::ready);
        };
    }

    static String conditions(NodePool pool) {
        return pool.getStatus() + ": "
                + String.join(
                        "; ",
                        pool.getConditionsList().stream()
                                .map(c -> code(c) + " " + c.getMessage())
                                .toList());
    }

    /** The newer of the two fields for it; stock-outs and quota are told by the older one only. */
    @SuppressWarnings("deprecation")
    static String code(StatusCondition condition) {
        return condition.getCode() == StatusCondition.Code.UNKNOWN
                ? condition.getCanonicalCode().name()
                : condition.getCode().name();
    }

    @Override
    public ObservedPool create(State state) {
        com.google.container.v1.Operation operation = gcp.call(
                "container.nodePools.create",
                () -> gcp.clients()
                        .clusters()
                        .createNodePool(CreateNodePoolRequest.newBuilder()
                                .setParent(ClusterCalls.path(gcp, location))
                                .setNodePool(wanted())
                                .build()));
        return new ObservedPool(
                wanted().toBuilder().setStatus(NodePool.Status.PROVISIONING).build(),
                "",
                Optional.of(operation.getName()));
    }

    @Override
    public List<FieldChange> compare(ObservedPool observed, State state) {
        List<FieldChange> changes = new ArrayList<>();
        version(observed).ifPresent(changes::add);
        changes.addAll(PoolComparison.of(observed.pool(), wanted()));
        shortage(observed.pool())
                .ifPresent(text -> changes.add(FieldChange.inPlace(CAPACITY, text, "the nodes that it asks for")));
        return changes;
    }

    /** Nodes follow the control plane in their minor version; within it, GKE upgrades them by the channel. */
    private Optional<FieldChange> version(ObservedPool observed) {
        String there = observed.pool().getVersion();
        return minor.filter(m -> !there.isEmpty() && GkeVersion.parse(m).minorsSince(GkeVersion.parse(there)) > 0)
                .map(m -> FieldChange.inPlace("version", there, m));
    }

    /** What a pool lacks that stands, and stays, although there are no machines for it. */
    static Optional<String> shortage(NodePool pool) {
        return pool.getStatus() == NodePool.Status.RUNNING_WITH_ERROR
                ? Optional.of(conditions(pool))
                : Optional.empty();
    }

    @Override
    public void update(ObservedPool observed, List<FieldChange> changes, State state) {
        String field = changes.get(0).field();
        switch (field) {
            case CAPACITY -> throw noCapacity(observed.pool());
            case "autoscaling" ->
                gcp.call(
                        "container.nodePools.update",
                        () -> gcp.clients()
                                .clusters()
                                .setNodePoolAutoscaling(SetNodePoolAutoscalingRequest.newBuilder()
                                        .setName(path())
                                        .setAutoscaling(wanted().getAutoscaling())
                                        .build()));
            case "management.autoRepair", "management.autoUpgrade" ->
                gcp.call(
                        "container.nodePools.update",
                        () -> gcp.clients()
                                .clusters()
                                .setNodePoolManagement(SetNodePoolManagementRequest.newBuilder()
                                        .setName(path())
                                        .setManagement(wanted().getManagement())
                                        .build()));
            default ->
                gcp.call(
                        "container.nodePools.update",
                        () -> gcp.clients().clusters().updateNodePool(change(field, observed)));
        }
    }

    private UpdateNodePoolRequest change(String field, ObservedPool observed) {
        NodeConfig config = wanted().getConfig();
        // The service demands version and image in each request, whatever changes.
        UpdateNodePoolRequest.Builder request = UpdateNodePoolRequest.newBuilder()
                .setName(path())
                .setNodeVersion(observed.pool().getVersion())
                .setImageType(observed.pool().getConfig().getImageType());
        switch (field) {
            case "version" -> request.setNodeVersion(observed.master());
            case "locations" -> request.addAllLocations(wanted().getLocationsList());
            case "config.machineType" -> request.setMachineType(config.getMachineType());
            case "config.diskType", "config.diskSizeGb" ->
                request.setDiskType(config.getDiskType()).setDiskSizeGb(config.getDiskSizeGb());
            case "config.imageType" -> request.setImageType(config.getImageType());
            case "config.labels" -> request.setLabels(NodeLabels.newBuilder().putAllLabels(config.getLabelsMap()));
            case "config.taints" -> request.setTaints(NodeTaints.newBuilder().addAllTaints(config.getTaintsList()));
            case "config.resourceLabels" ->
                request.setResourceLabels(ResourceLabels.newBuilder()
                        .putAllLabels(Ownership.merged(
                                observed.pool().getConfig().getResourceLabelsMap(), config.getResourceLabelsMap())));
            default -> throw new IllegalStateException("cannot be changed in place: " + field);
        }
        return request.build();
    }

    /** GKE goes on trying by itself; all that can be done here is to say what is missing. */
    private CloudException noCapacity(NodePool pool) {
        String text = conditions(pool);
        CloudException failure = GcpErrors.failed("container.nodePools.create", "FAILED_PRECONDITION", text);
        return failure.error() == CloudError.QUOTA_EXCEEDED || failure.error() == CloudError.NO_CAPACITY
                ? failure
                : GcpErrors.failed("container.nodePools.create", "POOL_WITH_ERROR", text);
    }

    @Override
    public void delete(ObservedPool observed, State state) {
        gcp.delete("container.nodePools.delete", () -> gcp.clients().clusters().deleteNodePool(path()));
    }
}
