// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.container;

import com.google.container.v1.*;
import io.osmo.backend.testkit.internal.gcp.GcpError;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** Changes of node pools. */
final class PoolUpdates {
    private final ClusterStore store;
    private final PoolRules rules;
    private final PoolOperations operations;
    private final PoolScaling scaling;
    private final PoolMachines machines;

    PoolUpdates(
            ClusterStore store,
            PoolRules rules,
            PoolOperations operations,
            PoolScaling scaling,
            PoolMachines machines) {
        this.store = store;
        this.rules = rules;
        this.operations = operations;
        this.scaling = scaling;
        this.machines = machines;
    }

    Operation updateNodePool(UpdateNodePoolRequest r) {
        String path = r.getName();
        NodePool pool = store.requireIdlePool(path);
        if (!r.getEtag().isEmpty() && !r.getEtag().equals(pool.getEtag())) {
            throw GcpError.aborted("The etag of node pool " + path + " has changed.");
        }
        Cluster cluster = store.get(ClusterStore.clusterOf(path));
        NodePool.Builder wanted = pool.toBuilder().setVersion(version(cluster, pool, r.getNodeVersion()));
        apply(r, wanted.getConfigBuilder());
        if (r.hasUpgradeSettings()) {
            wanted.setUpgradeSettings(r.getUpgradeSettings());
        }
        if (r.getLocationsCount() > 0) {
            wanted.clearLocations().addAllLocations(r.getLocationsList());
        }
        if (r.hasNodeNetworkConfig()) {
            wanted.getNetworkConfigBuilder().mergeFrom(r.getNodeNetworkConfig());
        }
        PoolRules.requireNotNewer(cluster, wanted.getVersion());
        // The changed pool must be one that could have been created, but for its version and its first nodes.
        NodePool fresh = wanted.clone().clearVersion().setInitialNodeCount(0).build();
        rules.complete(cluster, fresh, cluster.getNodePoolsList());
        boolean replaces = replacesNodes(pool, wanted);
        boolean moves = !pool.getLocationsList().equals(wanted.getLocationsList());
        if (replaces && moves) {
            throw GcpError.invalid("Locations cannot be updated together with other fields.");
        }
        UnaryOperator<NodePool.Builder> change = p -> p.setVersion(wanted.getVersion())
                .setConfig(wanted.getConfig())
                .setUpgradeSettings(wanted.getUpgradeSettings())
                .setNetworkConfig(wanted.getNetworkConfig());
        return replaces
                ? operations.replace(path, replacementTime(pool), change)
                : operations.change(path, Operation.Type.UPDATE_CLUSTER, Durations.POOL_UPDATE, p -> {
                    NodePool.Builder changed = change.apply(p);
                    return moves ? move(path, changed, wanted.getLocationsList()) : changed;
                });
    }

    /** Gives a pool other zones: nodes in those that it no longer has are terminated. */
    NodePool.Builder move(String path, NodePool.Builder pool, List<String> zones) {
        List<String> groups = List.copyOf(pool.getInstanceGroupUrlsList());
        pool.clearLocations().addAllLocations(zones);
        if (!groups.isEmpty()) {
            pool.clearInstanceGroupUrls();
            zones.forEach(zone ->
                    pool.addInstanceGroupUrls(groups.get(0).replaceFirst("/zones/[^/]+/", "/zones/" + zone + "/")));
        }
        NodePool moved = pool.build();
        machines.leaveZones(store.get(ClusterStore.clusterOf(path)), moved);
        machines.createGroups(store.get(ClusterStore.clusterOf(path)), moved);
        scaling.autoscaleLater(path);
        return pool;
    }

    private static String version(Cluster cluster, NodePool pool, String requested) {
        if (requested.isEmpty() || requested.equals(pool.getVersion())) {
            return pool.getVersion();
        }
        if (requested.equals(cluster.getCurrentMasterVersion())) {
            return requested;
        }
        return requested.equals("-")
                ? cluster.getCurrentMasterVersion()
                : Versions.resolve(cluster.getReleaseChannel().getChannel(), requested);
    }

    private static void apply(UpdateNodePoolRequest r, NodeConfig.Builder config) {
        if (!r.getImageType().isEmpty()) {
            config.setImageType(r.getImageType());
        }
        if (!r.getMachineType().isEmpty()) {
            config.setMachineType(r.getMachineType());
        }
        applyDisk(r, config);
        if (r.hasLabels()) {
            PoolRules.checkLabels(r.getLabels().getLabelsMap());
            config.clearLabels().putAllLabels(r.getLabels().getLabelsMap());
        }
        if (r.hasTaints()) {
            PoolRules.checkTaints(r.getTaints().getTaintsList());
            config.clearTaints().addAllTaints(r.getTaints().getTaintsList());
        }
        if (r.hasTags()) {
            config.clearTags().addAllTags(r.getTags().getTagsList());
        }
        if (r.hasResourceLabels()) {
            config.clearResourceLabels()
                    .putAllResourceLabels(r.getResourceLabels().getLabelsMap());
        }
        if (r.hasWorkloadMetadataConfig()) {
            config.setWorkloadMetadataConfig(r.getWorkloadMetadataConfig());
        }
        if (r.getAcceleratorsCount() > 0) {
            config.clearAccelerators().addAllAccelerators(r.getAcceleratorsList());
        }
        if (r.hasGvnic()) {
            config.setGvnic(r.getGvnic());
        }
    }

    @SuppressWarnings("deprecation") // Both ways to specify the disk are in use.
    private static void applyDisk(UpdateNodePoolRequest r, NodeConfig.Builder config) {
        if (!r.getDiskType().isEmpty()) {
            config.setDiskType(r.getDiskType());
            config.getBootDiskBuilder().setDiskType(r.getDiskType());
        }
        if (r.getDiskSizeGb() > 0) {
            config.setDiskSizeGb((int) r.getDiskSizeGb());
            config.getBootDiskBuilder().setSizeGb(r.getDiskSizeGb());
        }
    }

    @SuppressWarnings("deprecation")
    private static boolean replacesNodes(NodePool pool, NodePoolOrBuilder wanted) {
        NodeConfig before = pool.getConfig();
        NodeConfig after = wanted.getConfig();
        return !wanted.getVersion().equals(pool.getVersion())
                || !after.getImageType().equals(before.getImageType())
                || !after.getMachineType().equals(before.getMachineType())
                || !after.getDiskType().equals(before.getDiskType())
                || after.getDiskSizeGb() != before.getDiskSizeGb();
    }

    private Duration replacementTime(NodePool pool) {
        NodePool.UpgradeSettings settings = pool.getUpgradeSettings();
        int batch = Math.max(1, settings.getMaxSurge() + settings.getMaxUnavailable());
        int batches = (machines.size(pool) + batch - 1) / batch;
        return Durations.NODE_REPLACE.multipliedBy(Math.max(1, batches));
    }

    /** Upgrades one pool, or the only one. */
    Operation upgrade(String cluster, String poolName, String requested) {
        Cluster owner = store.get(cluster);
        if (poolName.isEmpty() && owner.getNodePoolsCount() != 1) {
            throw GcpError.invalid("desired_node_pool_id must be specified when there is more than one node pool.");
        }
        String name = poolName.isEmpty() ? owner.getNodePools(0).getName() : poolName;
        String path = ClusterStore.poolPath(cluster, name);
        NodePool pool = store.pool(path);
        String version = PoolRules.version(owner, requested);
        return operations.replace(path, replacementTime(pool), p -> p.setVersion(version));
    }

    Operation setNodePoolAutoscaling(SetNodePoolAutoscalingRequest r) {
        NodePool pool = store.requireIdlePool(r.getName());
        PoolScaling.checkAutoscaling(r.getAutoscaling(), 0, pool.getLocationsCount());
        return operations.change(r.getName(), Operation.Type.UPDATE_CLUSTER, Durations.POOL_AUTOSCALING, p -> {
            scaling.autoscaleLater(r.getName());
            return p.setAutoscaling(r.getAutoscaling());
        });
    }

    Operation setNodePoolSize(SetNodePoolSizeRequest r) {
        NodePool pool = store.requireIdlePool(r.getName());
        if (r.getNodeCount() < 0) {
            throw GcpError.invalid("node_count must not be negative.");
        }
        int size = r.getNodeCount() * pool.getLocationsCount();
        Operation operation = operations.begin(
                r.getName(),
                Operation.Type.SET_NODE_POOL_SIZE,
                Durations.POOL_RESIZE,
                () -> scaling.scale(r.getName(), size));
        store.updatePool(r.getName(), p -> p.setStatus(NodePool.Status.RECONCILING));
        return operation;
    }

    Operation setNodePoolManagement(SetNodePoolManagementRequest r) {
        store.requireIdlePool(r.getName());
        return operations.change(
                r.getName(),
                Operation.Type.SET_NODE_POOL_MANAGEMENT,
                Durations.POOL_AUTOSCALING,
                p -> p.setManagement(r.getManagement()));
    }
}
