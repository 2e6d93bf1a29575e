// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.container;

import com.google.container.v1.*;
import com.google.container.v1.DatabaseEncryption.CurrentState;
import com.google.container.v1.ReleaseChannel.Channel;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.osmo.backend.testkit.cluster.EmulatedClusters;
import io.osmo.backend.testkit.internal.gcp.GcpError;
import io.osmo.backend.testkit.internal.gcp.GcpProject;
import io.osmo.backend.testkit.internal.gcp.Locations;
import io.osmo.backend.testkit.internal.gcp.ResourceNames;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Changes of clusters. */
final class ClusterUpdates {
    private final GcpProject project;
    private final ClusterStore store;
    private final ClusterRules rules;
    private final Operations operations;
    private final PoolUpdates pools;
    private final EmulatedClusters kubernetes;

    ClusterUpdates(
            GcpProject project,
            ClusterStore store,
            ClusterRules rules,
            Operations operations,
            PoolUpdates pools,
            EmulatedClusters kubernetes) {
        this.project = project;
        this.store = store;
        this.rules = rules;
        this.operations = operations;
        this.pools = pools;
        this.kubernetes = kubernetes;
    }

    Operation updateCluster(UpdateClusterRequest r) {
        String path = r.getName();
        Cluster cluster = store.requireIdle(path);
        ClusterUpdate update = r.getUpdate();
        if (!update.getEtag().isEmpty() && !update.getEtag().equals(cluster.getEtag())) {
            throw GcpError.aborted("The etag of cluster " + path + " has changed.");
        }
        Map<FieldDescriptor, Object> fields =
                new TreeMap<>(update.toBuilder().clearEtag().build().getAllFields());
        if (!update.getDesiredNodeVersion().isEmpty()) {
            return pools.upgrade(path, update.getDesiredNodePoolId(), update.getDesiredNodeVersion());
        }
        if (fields.size() != 1) {
            throw GcpError.invalid("Must specify exactly one field to update, not " + fields.size() + ".");
        }
        Map.Entry<FieldDescriptor, Object> only = fields.entrySet().iterator().next();
        FieldDescriptor field = only.getKey();
        return switch (field.getName()) {
            case "desired_master_version" -> upgrade(path, update.getDesiredMasterVersion());
            case "desired_database_encryption" -> encrypt(path, update.getDesiredDatabaseEncryption());
            case "desired_locations" -> move(path, update.getDesiredLocationsList());
            case "desired_release_channel" -> enroll(path, cluster, update.getDesiredReleaseChannel());
            case "desired_control_plane_endpoints_config" -> {
                Cluster changed = ClusterEndpoints.changed(cluster, update.getDesiredControlPlaneEndpointsConfig());
                yield change(
                        path,
                        Durations.CLUSTER_UPDATE,
                        c -> c.setControlPlaneEndpointsConfig(changed.getControlPlaneEndpointsConfig())
                                .setPrivateClusterConfig(changed.getPrivateClusterConfig())
                                .setEndpoint(changed.getEndpoint()));
            }
            case "desired_default_enable_private_nodes" -> {
                boolean enabled = update.getDesiredDefaultEnablePrivateNodes();
                yield change(path, Durations.CLUSTER_UPDATE, c -> {
                    c.getNetworkConfigBuilder().setDefaultEnablePrivateNodes(enabled);
                    c.getPrivateClusterConfigBuilder().setEnablePrivateNodes(enabled);
                    return c;
                });
            }
            default -> replace(path, field, only.getValue());
        };
    }

    /** Other zones of a cluster become those of all of its pools, with nodes added and removed. */
    private Operation move(String path, List<String> zones) {
        ClusterRules.requireZones(zones, Locations.regionOf(ResourceNames.location(path)));
        return change(path, Durations.CLUSTER_UPDATE, c -> {
            c.clearLocations().addAllLocations(zones);
            c.getNodePoolsBuilderList()
                    .forEach(pool -> pools.move(ClusterStore.poolPath(path, pool.getName()), pool, zones));
            return c;
        });
    }

    /** Upgrades a control plane as GKE does automatically, according to the release channel. */
    void moveOn(String path, String version) {
        kubernetes.find(PoolNodes.apiServer(store.get(path))).ifPresent(c -> c.version(version));
        store.update(path, c -> c.setCurrentMasterVersion(version));
    }

    private Operation encrypt(String path, DatabaseEncryption desired) {
        DatabaseEncryption wanted = rules.encryption(path, desired);
        CurrentState pending = wanted.getState() == DatabaseEncryption.State.ENCRYPTED
                ? CurrentState.CURRENT_STATE_ENCRYPTION_PENDING
                : CurrentState.CURRENT_STATE_DECRYPTION_PENDING;
        return change(
                path,
                Durations.CLUSTER_ENCRYPTION,
                c -> c.setDatabaseEncryption(wanted.toBuilder().setCurrentState(pending)),
                c -> c.setDatabaseEncryption(wanted));
    }

    private Operation enroll(String path, Cluster cluster, ReleaseChannel desired) {
        Channel channel = desired.getChannel();
        int offered = Versions.minor(Versions.resolve(channel, "latest"));
        if (Versions.minor(cluster.getCurrentMasterVersion()) > offered) {
            throw GcpError.invalid("Version " + cluster.getCurrentMasterVersion() + " is newer than what channel "
                    + channel + " offers.");
        }
        return change(path, Durations.CLUSTER_UPDATE, c -> c.setReleaseChannel(desired));
    }

    /** A field {@code desired_x} replaces the field {@code x} of the cluster; messages are replaced field by field. */
    private Operation replace(String path, FieldDescriptor desired, Object value) {
        String name = desired.getName().replaceFirst("^desired_", "");
        FieldDescriptor field = Cluster.getDescriptor().findFieldByName(name);
        if (field == null || field.isRepeated() != desired.isRepeated() || field.getType() != desired.getType()) {
            throw GcpError.notEmulated("container.UpdateCluster with " + desired.getName());
        }
        return change(
                path,
                Durations.CLUSTER_UPDATE,
                c -> value instanceof Message message && !field.isRepeated()
                        ? c.setField(field, merged((Message) c.getField(field), message))
                        : c.setField(field, value));
    }

    /** Given messages replace the old ones, and so do plain fields, even if their value is the default. */
    private static Message merged(Message old, Message wanted) {
        Message.Builder merged = old.toBuilder();
        for (FieldDescriptor field : wanted.getDescriptorForType().getFields()) {
            if (!field.hasPresence() || wanted.hasField(field)) {
                merged.setField(field, wanted.getField(field));
            }
        }
        return merged.build();
    }

    Operation updateMaster(UpdateMasterRequest r) {
        store.requireIdle(r.getName());
        return upgrade(r.getName(), r.getMasterVersion());
    }

    private Operation upgrade(String path, String requested) {
        Cluster cluster = store.get(path);
        String target = Versions.resolve(cluster.getReleaseChannel().getChannel(), requested);
        checkUpgrade(cluster, target);
        Operation operation =
                operations.begin(path, Operation.Type.UPGRADE_MASTER, path, Durations.MASTER_UPGRADE, () -> {
                    kubernetes.find(PoolNodes.apiServer(cluster)).ifPresent(c -> c.version(target));
                    store.update(path, c -> c.setCurrentMasterVersion(target).setStatus(Cluster.Status.RUNNING));
                    return Optional.empty();
                });
        store.update(path, c -> c.setStatus(Cluster.Status.RECONCILING));
        return operation;
    }

    private static void checkUpgrade(Cluster cluster, String target) {
        int from = Versions.minor(cluster.getCurrentMasterVersion());
        int to = Versions.minor(target);
        if (target.equals(cluster.getCurrentMasterVersion())) {
            throw GcpError.invalid("Master version \"" + target + "\" is the current version.");
        }
        if (to < from) {
            throw GcpError.invalid("Master cannot be downgraded to \"" + target + "\".");
        }
        if (to > from + 1) {
            throw GcpError.invalid("Master cannot be upgraded to \"" + target
                    + "\": cannot upgrade the master more than a minor version at a time.");
        }
        for (NodePool pool : cluster.getNodePoolsList()) {
            if (to - Versions.minor(pool.getVersion()) > 2) {
                throw GcpError.precondition(
                        "Master cannot be upgraded to \"" + target + "\": node pool \"" + pool.getName()
                                + "\" has version \"" + pool.getVersion() + "\", more than two minor versions older.");
            }
        }
    }

    Operation setLabels(SetLabelsRequest r) {
        String path = r.getName();
        Cluster cluster = store.requireIdle(path);
        if (!r.getLabelFingerprint().equals(cluster.getLabelFingerprint())) {
            throw GcpError.precondition("Labels could not be set due to fingerprint mismatch.");
        }
        ClusterRules.checkLabels(r.getResourceLabelsMap());
        return change(
                path,
                Durations.CLUSTER_LABELS,
                c -> c.clearResourceLabels()
                        .putAllResourceLabels(r.getResourceLabelsMap())
                        .setLabelFingerprint(project.hex(8)));
    }

    Operation setAddonsConfig(SetAddonsConfigRequest r) {
        store.requireIdle(r.getName());
        return change(
                r.getName(),
                Durations.CLUSTER_UPDATE,
                c -> c.setAddonsConfig((AddonsConfig) merged(c.getAddonsConfig(), r.getAddonsConfig())));
    }

    Operation setMaintenancePolicy(SetMaintenancePolicyRequest r) {
        store.requireIdle(r.getName());
        return change(r.getName(), Durations.CLUSTER_LABELS, c -> c.setMaintenancePolicy(r.getMaintenancePolicy()));
    }

    Operation setLegacyAbac(SetLegacyAbacRequest r) {
        store.requireIdle(r.getName());
        return change(r.getName(), Durations.CLUSTER_UPDATE, c -> {
            c.getLegacyAbacBuilder().setEnabled(r.getEnabled());
            return c;
        });
    }

    private Operation change(String path, Duration time, UnaryOperator<Cluster.Builder> effect) {
        return change(path, time, UnaryOperator.identity(), effect);
    }

    /**
     * Starts an operation; the cluster is busy until its end.
     *
     * @param meanwhile changes the cluster at once
     * @param effect changes the cluster at the end
     */
    private Operation change(
            String path,
            Duration time,
            UnaryOperator<Cluster.Builder> meanwhile,
            UnaryOperator<Cluster.Builder> effect) {
        Operation operation = operations.begin(path, Operation.Type.UPDATE_CLUSTER, path, time, () -> {
            store.update(path, c -> effect.apply(c).setStatus(Cluster.Status.RUNNING));
            return Optional.empty();
        });
        store.update(path, c -> meanwhile.apply(c).setStatus(Cluster.Status.RECONCILING));
        return operation;
    }
}
