// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.cluster;

import com.google.cloud.compute.v1.Network;
import com.google.cloud.compute.v1.Subnetwork;
import com.google.container.v1.AddonsConfig;
import com.google.container.v1.Cluster;
import com.google.container.v1.ClusterUpdate;
import com.google.container.v1.ControlPlaneEndpointsConfig;
import com.google.container.v1.ControlPlaneEndpointsConfig.IPEndpointsConfig;
import com.google.container.v1.DatabaseEncryption;
import com.google.container.v1.DatapathProvider;
import com.google.container.v1.GcePersistentDiskCsiDriverConfig;
import com.google.container.v1.GkeBackupAgentConfig;
import com.google.container.v1.IPAllocationPolicy;
import com.google.container.v1.MasterAuthorizedNetworksConfig;
import com.google.container.v1.NetworkConfig;
import com.google.container.v1.Operation;
import com.google.container.v1.SetLabelsRequest;
import com.google.container.v1.ShieldedNodes;
import com.google.container.v1.WorkloadIdentityConfig;
import io.osmo.backend.gcp.internal.ComputeObject;
import io.osmo.backend.gcp.internal.GcpResource;
import io.osmo.backend.gcp.internal.LastOperation;
import io.osmo.backend.gcp.internal.catalog.KubernetesVersion;
import io.osmo.backend.gcp.internal.catalog.Versions;
import io.osmo.backend.gcp.internal.network.NetworkRef;
import io.osmo.backend.gcp.internal.network.PodRanges;
import io.osmo.backend.gcp.internal.network.Subnet;
import io.osmo.backend.gcp.internal.network.VpcNetwork;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.provider.Differences;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Ownership;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The control plane, and its first pool when it is created (CP-*, SC-1, SC-3). Its default zones are never changed: GKE would change the
 * zones of every pool with them, see <a
 * href="https://cloud.google.com/kubernetes-engine/docs/reference/rest/v1/ClusterUpdate">ClusterUpdate</a>. Each pool has its own.
 */
public final class GkeCluster extends GcpResource<ObservedCluster> implements Resource<ObservedCluster> {
    public static final ResourceId ID = ResourceId.of("gke-cluster", "main");

    /** What the calls below need. */
    public static final Needs NEEDS = Needs.of(ID.kind())
            .read(
                    "container.clusters.get",
                    "container.clusters.list",
                    "container.operations.get",
                    "container.operations.list")
            .create("container.clusters.create", "iam.serviceAccounts.actAs")
            .update("container.clusters.update")
            .destroy("container.clusters.delete");

    private static final String VERSION = "currentMasterVersion";
    private static final String PRIVATE_NODES = "networkConfig.defaultEnablePrivateNodes";
    private static final String DISK_DRIVER = "addonsConfig.gcePersistentDiskCsiDriverConfig.enabled";

    private final LastOperation creation = new LastOperation();
    private final DesiredCluster desired;
    private final Versions versions;
    private final Optional<String> leaving;

    /** @param leaving other location in which a cluster of the backend is being deleted; it uses the ranges that this one needs */
    GkeCluster(DesiredCluster desired, Versions versions, Set<ResourceId> after, Optional<String> leaving) {
        super(
                desired.context(),
                ID,
                ObservedCluster.class,
                after,
                seconds(360, 120, 240),
                "GKE cluster " + desired.context().name() + " in "
                        + desired.placement().location() + " with its first pool, "
                        + desired.first().getName());
        this.desired = desired;
        this.versions = versions;
        this.leaving = leaving;
    }

    private String location() {
        return desired.placement().location();
    }

    @Override
    public Optional<ObservedCluster> read(State state) {
        Optional<ObservedCluster> found = ClusterReader.find(context, location())
                .or(() -> leaving.flatMap(place -> ClusterReader.find(context, place))
                        .filter(ObservedCluster::isGoing));
        found.ifPresentOrElse(
                cluster -> lastOperation.running(name -> cluster.progress("container.clusters.update", name)),
                () -> creation.running(this::progress));
        return found;
    }

    private LastOperation.Progress progress(String name) {
        return context.find(
                        "container.operations.get",
                        () -> clients().clusters().getOperation(context.path(location()) + "/operations/" + name))
                .map(operation -> ObservedCluster.progress("container.clusters.create", operation))
                .orElseGet(LastOperation.Progress::forgotten);
    }

    @Override
    public Readiness readiness(ObservedCluster observed) {
        return observed.readiness();
    }

    @Override
    public ObservedCluster create(State state) {
        Cluster cluster = desired.cluster(
                ranges(state).orElseThrow(() -> new IllegalStateException("a subnet without secondary ranges")));
        String parent = context.path(location());
        Operation operation = context.call(
                "container.clusters.create", () -> clients().clusters().createCluster(parent, cluster));
        creation.begin(operation.getName());
        return new ObservedCluster(
                Cluster.newBuilder()
                        .setName(context.name())
                        .setLocation(location())
                        .setStatus(Cluster.Status.PROVISIONING)
                        .build(),
                List.of(operation));
    }

    private Optional<PodRanges> ranges(State state) {
        return desired.spec().network().existingId().isEmpty()
                ? Optional.of(new PodRanges(Subnet.PODS, Subnet.SERVICES))
                : state.find(Subnet.ID, ComputeObject.class)
                        .flatMap(subnet -> PodRanges.of(subnet.as(Subnetwork.class), context.settings()));
    }

    /** Of an existing network the path that Google gives it: the spec may name its project by number. */
    private static String path(Optional<String> link, String named) {
        return link.filter(text -> !text.isEmpty()).map(NetworkRef::path).orElse(named);
    }

    /** The backend's own network is what a spec gets that names none. */
    private static String orOwn(String path, String own) {
        return path.equals(own) ? "none (" + path + ")" : path;
    }

    @Override
    public List<FieldChange> compare(ObservedCluster observed, State state) {
        Cluster cluster = observed.cluster();
        Differences differences = new Differences();
        place(observed, state, differences);
        // First, since another channel may be what offers the version.
        differences.inPlace(
                "releaseChannel",
                cluster.getReleaseChannel().getChannel(),
                desired.channel().getChannel());
        version(cluster).ifPresent(differences::add);
        encryption(cluster).ifPresent(differences::add);
        endpoints(cluster.getControlPlaneEndpointsConfig(), differences);
        return differences
                .inPlace(
                        "workloadIdentityConfig.workloadPool",
                        cluster.getWorkloadIdentityConfig().getWorkloadPool(),
                        desired.workloadPool())
                .inPlace("shieldedNodes.enabled", cluster.getShieldedNodes().getEnabled(), true)
                .inPlace(PRIVATE_NODES, cluster.getNetworkConfig().getDefaultEnablePrivateNodes(), true)
                .inPlace(
                        DISK_DRIVER,
                        cluster.getAddonsConfig()
                                .getGcePersistentDiskCsiDriverConfig()
                                .getEnabled(),
                        true)
                .inPlace(
                        "addonsConfig.gkeBackupAgentConfig.enabled",
                        cluster.getAddonsConfig().getGkeBackupAgentConfig().getEnabled(),
                        desired.spec().backup().enabled())
                .inPlace(
                        "loggingConfig",
                        new TreeSet<>(
                                cluster.getLoggingConfig().getComponentConfig().getEnableComponentsList()),
                        new TreeSet<>(desired.logs()))
                .addAll(Ownership.compare("labels", cluster.getResourceLabelsMap(), desired.labels()))
                .list();
    }

    /** What GKE decides once, at creation. */
    private void place(ObservedCluster observed, State state, Differences differences) {
        NetworkConfig network = observed.cluster().getNetworkConfig();
        IPAllocationPolicy addresses = observed.cluster().getIpAllocationPolicy();
        NetworkRef wanted = desired.network();
        NetworkRef own = NetworkRef.own(context);
        desired.location()
                .ifPresent(location -> differences.fixed(
                        "settings.location", observed.placement().kind(), location));
        differences
                .fixed(
                        "network.existing.id",
                        orOwn(NetworkRef.path(network.getNetwork()), own.networkPath()),
                        orOwn(
                                path(
                                        state.find(VpcNetwork.ID, ComputeObject.class)
                                                .map(found ->
                                                        found.as(Network.class).getSelfLink()),
                                        wanted.networkPath()),
                                own.networkPath()))
                .fixed(
                        "network.existing.subnets[0]",
                        orOwn(NetworkRef.path(network.getSubnetwork()), own.subnetPath()),
                        orOwn(
                                path(
                                        state.find(Subnet.ID, ComputeObject.class)
                                                .map(found -> found.as(Subnetwork.class)
                                                        .getSelfLink()),
                                        wanted.subnetPath()),
                                own.subnetPath()))
                .impossible(
                        "networkConfig.datapathProvider",
                        network.getDatapathProvider(),
                        DatapathProvider.ADVANCED_DATAPATH);
        // The ranges of another subnet say nothing.
        if (differences.list().isEmpty()) {
            ranges(state)
                    .ifPresent(ranges -> differences
                            .fixed("settings.podRange", addresses.getClusterSecondaryRangeName(), ranges.pods())
                            .fixed(
                                    "settings.serviceRange",
                                    addresses.getServicesSecondaryRangeName(),
                                    ranges.services()));
        }
    }

    /**
     * The spec gives the minor version only; GKE keeps the cluster up to date within it, by its channel. One that is newer than the
     * spec says stays so: there is no way back.
     */
    private Optional<FieldChange> version(Cluster cluster) {
        String current = cluster.getCurrentMasterVersion();
        return desired.spec()
                .kubernetesVersion()
                .filter(minor -> KubernetesVersion.parse(minor).minorsSince(KubernetesVersion.parse(current)) > 0)
                .map(minor -> FieldChange.inPlace(VERSION, current, minor));
    }

    @Override
    public Optional<String> irreplaceable(ObservedCluster observed) {
        return observed.hasRun()
                ? Optional.of(
                        "What runs in the cluster and its volumes would go with it. Repair it as GKE's conditions say, or"
                                + " destroy the backend and apply again.")
                : Optional.empty();
    }

    @Override
    public Disruption deletionDisruption() {
        return Disruption.OUTAGE;
    }

    /** One that has never come up has nothing to lose. */
    @Override
    public Disruption deletionDisruption(ObservedCluster observed) {
        return observed.neverCameUp() ? Disruption.NONE : Disruption.OUTAGE;
    }

    private Optional<FieldChange> encryption(Cluster cluster) {
        DatabaseEncryption observed = cluster.getDatabaseEncryption();
        DatabaseEncryption wanted = desired.encryption();
        return observed.getState() == wanted.getState() && observed.getKeyName().equals(wanted.getKeyName())
                ? Optional.empty()
                : Optional.of(FieldChange.inPlace(
                        "databaseEncryption", observed.getState() + " " + observed.getKeyName(), wanted.getKeyName()));
    }

    private void endpoints(ControlPlaneEndpointsConfig observed, Differences differences) {
        ControlPlaneEndpointsConfig wanted = desired.endpoints();
        IPEndpointsConfig before = observed.getIpEndpointsConfig();
        IPEndpointsConfig after = wanted.getIpEndpointsConfig();
        String field = "controlPlaneEndpointsConfig.";
        differences
                .inPlace(
                        field + "dnsEndpointConfig.allowExternalTraffic",
                        observed.getDnsEndpointConfig().getAllowExternalTraffic(),
                        wanted.getDnsEndpointConfig().getAllowExternalTraffic())
                .inPlace(
                        field + "ipEndpointsConfig.enablePublicEndpoint",
                        before.getEnablePublicEndpoint(),
                        after.getEnablePublicEndpoint())
                .inPlace(
                        field + "ipEndpointsConfig.authorizedNetworksConfig",
                        ranges(before.getAuthorizedNetworksConfig()),
                        ranges(after.getAuthorizedNetworksConfig()))
                // Without it, any address reaches the endpoint.
                .inPlace(
                        field + "ipEndpointsConfig.authorizedNetworksConfig.enabled",
                        before.getAuthorizedNetworksConfig().getEnabled(),
                        after.getAuthorizedNetworksConfig().getEnabled())
                .inPlace(
                        field + "ipEndpointsConfig.authorizedNetworksConfig.gcpPublicCidrsAccessEnabled",
                        before.getAuthorizedNetworksConfig().getGcpPublicCidrsAccessEnabled(),
                        after.getAuthorizedNetworksConfig().getGcpPublicCidrsAccessEnabled());
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
        if (Ownership.changed("labels", List.of(changes.get(0)))) {
            labels(observed.cluster());
            return;
        }
        ClusterUpdate.Builder update = ClusterUpdate.newBuilder();
        switch (field) {
            case VERSION -> update.setDesiredMasterVersion(nextVersion(observed.cluster()));
            case "releaseChannel" -> update.setDesiredReleaseChannel(desired.channel());
            case "databaseEncryption" -> update.setDesiredDatabaseEncryption(desired.encryption());
            case "workloadIdentityConfig.workloadPool" ->
                update.setDesiredWorkloadIdentityConfig(
                        WorkloadIdentityConfig.newBuilder().setWorkloadPool(desired.workloadPool()));
            case "shieldedNodes.enabled" ->
                update.setDesiredShieldedNodes(ShieldedNodes.newBuilder().setEnabled(true));
            case PRIVATE_NODES -> update.setDesiredDefaultEnablePrivateNodes(true);
            case DISK_DRIVER ->
                update.setDesiredAddonsConfig(AddonsConfig.newBuilder()
                        .setGcePersistentDiskCsiDriverConfig(
                                GcePersistentDiskCsiDriverConfig.newBuilder().setEnabled(true)));
            case "addonsConfig.gkeBackupAgentConfig.enabled" ->
                update.setDesiredAddonsConfig(AddonsConfig.newBuilder()
                        .setGkeBackupAgentConfig(GkeBackupAgentConfig.newBuilder()
                                .setEnabled(desired.spec().backup().enabled())));
            case "loggingConfig" -> update.setDesiredLoggingConfig(desired.logging());
            default -> update.setDesiredControlPlaneEndpointsConfig(desired.endpoints());
        }
        String name = ClusterReader.path(context, location());
        lastOperation.begin(context.call(
                        "container.clusters.update", () -> clients().clusters().updateCluster(name, update.build()))
                .getName());
    }

    /** A control plane goes up by one minor version at a time. */
    private String nextVersion(Cluster cluster) {
        KubernetesVersion current = KubernetesVersion.parse(cluster.getCurrentMasterVersion());
        String next = current.major() + "." + (current.minor() + 1);
        return versions.newestOf(next)
                .orElseThrow(() -> new IllegalStateException("the release channel offers no version " + next));
    }

    private void labels(Cluster cluster) {
        SetLabelsRequest request = SetLabelsRequest.newBuilder()
                .setName(ClusterReader.path(context, location()))
                .setLabelFingerprint(cluster.getLabelFingerprint())
                .putAllResourceLabels(Ownership.merged(cluster.getResourceLabelsMap(), desired.labels()))
                .build();
        lastOperation.begin(context.call(
                        "container.clusters.update", () -> clients().clusters().setLabels(request))
                .getName());
    }

    @Override
    public void delete(ObservedCluster observed, State state) {
        ExistingCluster.delete(context, observed).ifPresent(started -> lastOperation.beginDeletion(started.getName()));
    }
}
