// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.cluster;

import com.google.cloud.compute.v1.Network;
import com.google.cloud.compute.v1.Subnetwork;
import com.google.container.v1.AddonsConfig;
import com.google.container.v1.Cluster;
import com.google.container.v1.ClusterUpdate;
import com.google.container.v1.ControlPlaneEndpointsConfig;
import com.google.container.v1.CreateClusterRequest;
import com.google.container.v1.DatabaseEncryption;
import com.google.container.v1.GkeBackupAgentConfig;
import com.google.container.v1.MasterAuthorizedNetworksConfig;
import com.google.container.v1.SetLabelsRequest;
import com.google.container.v1.ShieldedNodes;
import com.google.container.v1.StatusCondition;
import com.google.container.v1.UpdateClusterRequest;
import com.google.container.v1.WorkloadIdentityConfig;
import io.osmo.backend.gcp.internal.ComputeObject;
import io.osmo.backend.gcp.internal.GcpResource;
import io.osmo.backend.gcp.internal.Ownership;
import io.osmo.backend.gcp.internal.catalog.GkeVersion;
import io.osmo.backend.gcp.internal.catalog.Versions;
import io.osmo.backend.gcp.internal.network.PodRanges;
import io.osmo.backend.gcp.internal.network.Subnet;
import io.osmo.backend.gcp.internal.network.VpcNetwork;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The control plane and, when it is made, its first pool (CP-*, SC-1, SC-3). */
public final class GkeCluster extends GcpResource<ObservedCluster> {
    public static final ResourceId ID = ResourceId.of("gke-cluster", "main");

    private final ClusterWish wish;
    private final Versions versions;

    public GkeCluster(ClusterWish wish, Versions versions, Set<ResourceId> after) {
        super(
                wish.gcp(),
                ID,
                ObservedCluster.class,
                after,
                seconds(360, 120, 240),
                "GKE cluster " + wish.gcp().name() + " in " + wish.placement().location() + " with its first pool, "
                        + wish.first().getName());
        this.wish = wish;
        this.versions = versions;
    }

    private String path() {
        return ClusterCalls.path(gcp, wish.placement().location());
    }

    @Override
    public Optional<ObservedCluster> read(State state) {
        return ClusterCalls.read(gcp, wish.placement().location());
    }

    @Override
    public Readiness readiness(ObservedCluster observed) {
        return readinessOf(observed);
    }

    static Readiness readinessOf(ObservedCluster observed) {
        Cluster cluster = observed.cluster();
        return switch (cluster.getStatus()) {
            case STOPPING -> Readiness.deleting();
            case ERROR ->
                observed.busy().<Readiness>map(Readiness::pending).orElseGet(() -> Readiness.failed(text(cluster)));
            case PROVISIONING, RECONCILING ->
                Readiness.pending(observed.busy().orElse(cluster.getStatus().name()));
            default -> observed.busy().<Readiness>map(Readiness::pending).orElseGet(Readiness::ready);
        };
    }

    private static String text(Cluster cluster) {
        return cluster.getStatus()
                + cluster.getConditionsList().stream()
                        .map(StatusCondition::getMessage)
                        .collect(Collectors.joining("; ", ": ", ""));
    }

    @Override
    public ObservedCluster create(State state) {
        Network network = state.require(VpcNetwork.ID, ComputeObject.class).as(Network.class);
        ComputeObject subnet = state.require(Subnet.ID, ComputeObject.class);
        PodRanges ranges =
                PodRanges.of(subnet).orElseThrow(() -> new IllegalStateException("a subnet without secondary ranges"));
        Cluster cluster = wish.cluster(
                path(network.getSelfLink()), path(subnet.as(Subnetwork.class).getSelfLink()), ranges);
        com.google.container.v1.Operation operation = gcp.call(
                "container.clusters.create",
                () -> gcp.clients()
                        .clusters()
                        .createCluster(CreateClusterRequest.newBuilder()
                                .setParent("projects/" + gcp.project() + "/locations/"
                                        + wish.placement().location())
                                .setCluster(cluster)
                                .build()));
        return new ObservedCluster(
                Cluster.newBuilder()
                        .setName(gcp.name())
                        .setLocation(wish.placement().location())
                        .setStatus(Cluster.Status.PROVISIONING)
                        .build(),
                List.of(operation));
    }

    /** The path in a link, from {@code projects/} on. */
    private static String path(String link) {
        int projects = link.indexOf("projects/");
        return projects < 0 ? link : link.substring(projects);
    }

    @Override
    public List<FieldChange> compare(ObservedCluster observed, State state) {
        Cluster cluster = observed.cluster();
        List<FieldChange> changes = new ArrayList<>();
        Consumer<FieldChange> add = changes::add;
        version(cluster).ifPresent(add);
        differ(
                        "releaseChannel",
                        cluster.getReleaseChannel().getChannel(),
                        wish.channel().getChannel())
                .ifPresent(add);
        encryption(cluster).ifPresent(add);
        endpoints(cluster.getControlPlaneEndpointsConfig(), add);
        differ(
                        "workloadIdentityConfig.workloadPool",
                        cluster.getWorkloadIdentityConfig().getWorkloadPool(),
                        wish.workloadPool())
                .ifPresent(add);
        differ("shieldedNodes.enabled", cluster.getShieldedNodes().getEnabled(), true)
                .ifPresent(add);
        differ(
                        "addonsConfig.gkeBackupAgentConfig.enabled",
                        cluster.getAddonsConfig().getGkeBackupAgentConfig().getEnabled(),
                        wish.spec().backup().enabled())
                .ifPresent(add);
        differ(
                        "loggingConfig",
                        new TreeSet<>(
                                cluster.getLoggingConfig().getComponentConfig().getEnableComponentsList()),
                        new TreeSet<>(wish.logs()))
                .ifPresent(add);
        differ(
                        "locations",
                        new TreeSet<>(cluster.getLocationsList()),
                        new TreeSet<>(wish.placement().zones()))
                .ifPresent(add);
        changes.addAll(Ownership.compare(cluster.getResourceLabelsMap(), wish.labels()));
        return changes;
    }

    private static Optional<FieldChange> differ(String field, Object before, Object after) {
        return before.equals(after) ? Optional.empty() : Optional.of(FieldChange.inPlace(field, before, after));
    }

    /** Only the minor version is the spec's; within it GKE keeps the cluster up to date by its channel. */
    private Optional<FieldChange> version(Cluster cluster) {
        Optional<String> minor = wish.spec().kubernetesVersion();
        if (minor.isEmpty()) {
            return Optional.empty();
        }
        int behind = GkeVersion.parse(minor.get()).minorsSince(GkeVersion.parse(cluster.getCurrentMasterVersion()));
        if (behind == 0) {
            return Optional.empty();
        }
        return Optional.of(
                behind > 0
                        ? FieldChange.inPlace("currentMasterVersion", cluster.getCurrentMasterVersion(), minor.get())
                        : FieldChange.impossible(
                                "currentMasterVersion", cluster.getCurrentMasterVersion(), minor.get()));
    }

    private Optional<FieldChange> encryption(Cluster cluster) {
        DatabaseEncryption there = cluster.getDatabaseEncryption();
        DatabaseEncryption wanted = wish.encryption();
        boolean same =
                there.getState() == wanted.getState() && there.getKeyName().equals(wanted.getKeyName());
        return same
                ? Optional.empty()
                : Optional.of(FieldChange.inPlace(
                        "databaseEncryption", there.getState() + " " + there.getKeyName(), wanted.getKeyName()));
    }

    private void endpoints(ControlPlaneEndpointsConfig there, Consumer<FieldChange> changes) {
        ControlPlaneEndpointsConfig wanted = wish.endpoints();
        differ(
                        "controlPlaneEndpointsConfig.dnsEndpointConfig.allowExternalTraffic",
                        there.getDnsEndpointConfig().getAllowExternalTraffic(),
                        wanted.getDnsEndpointConfig().getAllowExternalTraffic())
                .ifPresent(changes);
        differ(
                        "controlPlaneEndpointsConfig.ipEndpointsConfig.enablePublicEndpoint",
                        there.getIpEndpointsConfig().getEnablePublicEndpoint(),
                        wanted.getIpEndpointsConfig().getEnablePublicEndpoint())
                .ifPresent(changes);
        differ(
                        "controlPlaneEndpointsConfig.ipEndpointsConfig.authorizedNetworksConfig",
                        ranges(there.getIpEndpointsConfig().getAuthorizedNetworksConfig()),
                        ranges(wanted.getIpEndpointsConfig().getAuthorizedNetworksConfig()))
                .ifPresent(changes);
    }

    private static Set<String> ranges(MasterAuthorizedNetworksConfig config) {
        return config.getCidrBlocksList().stream()
                .map(MasterAuthorizedNetworksConfig.CidrBlock::getCidrBlock)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** GKE takes one kind of change with each call. */
    @Override
    public void update(ObservedCluster observed, List<FieldChange> changes, State state) {
        String field = changes.get(0).field();
        if (field.startsWith("labels.")) {
            labels(observed.cluster());
            return;
        }
        ClusterUpdate.Builder update = ClusterUpdate.newBuilder();
        switch (field) {
            case "currentMasterVersion" -> update.setDesiredMasterVersion(nextVersion(observed.cluster()));
            case "releaseChannel" -> update.setDesiredReleaseChannel(wish.channel());
            case "databaseEncryption" -> update.setDesiredDatabaseEncryption(wish.encryption());
            case "workloadIdentityConfig.workloadPool" ->
                update.setDesiredWorkloadIdentityConfig(
                        WorkloadIdentityConfig.newBuilder().setWorkloadPool(wish.workloadPool()));
            case "shieldedNodes.enabled" ->
                update.setDesiredShieldedNodes(ShieldedNodes.newBuilder().setEnabled(true));
            case "addonsConfig.gkeBackupAgentConfig.enabled" ->
                update.setDesiredAddonsConfig(AddonsConfig.newBuilder()
                        .setGkeBackupAgentConfig(GkeBackupAgentConfig.newBuilder()
                                .setEnabled(wish.spec().backup().enabled())));
            case "loggingConfig" -> update.setDesiredLoggingConfig(wish.logging());
            case "locations" -> update.addAllDesiredLocations(wish.placement().zones());
            default -> update.setDesiredControlPlaneEndpointsConfig(wish.endpoints());
        }
        gcp.call(
                "container.clusters.update",
                () -> gcp.clients()
                        .clusters()
                        .updateCluster(UpdateClusterRequest.newBuilder()
                                .setName(path())
                                .setUpdate(update)
                                .build()));
    }

    /** A control plane goes up by one minor version at a time. */
    private String nextVersion(Cluster cluster) {
        GkeVersion current = GkeVersion.parse(cluster.getCurrentMasterVersion());
        String next = current.major() + "." + (current.minor() + 1);
        return versions.newestOf(next)
                .orElseThrow(() -> new IllegalStateException("the release channel offers no version " + next));
    }

    private void labels(Cluster cluster) {
        gcp.call(
                "container.clusters.update",
                () -> gcp.clients()
                        .clusters()
                        .setLabels(SetLabelsRequest.newBuilder()
                                .setName(path())
                                .setLabelFingerprint(cluster.getLabelFingerprint())
                                .putAllResourceLabels(Ownership.merged(cluster.getResourceLabelsMap(), wish.labels()))
                                .build()));
    }

    @Override
    public void delete(ObservedCluster observed, State state) {
        StandingCluster.delete(gcp, observed);
    }
}
