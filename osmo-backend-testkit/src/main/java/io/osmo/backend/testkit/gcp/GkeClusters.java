// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.gcp;

import com.google.cloud.compute.v1.Firewall;
import com.google.cloud.compute.v1.Subnetwork;
import com.google.container.v1.*;
import com.google.container.v1.DatabaseEncryption.CurrentState;
import com.google.container.v1.ReleaseChannel.Channel;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.osmo.backend.testkit.cluster.EmulatedClusters;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** GKE clusters. */
final class GkeClusters {
    private static final Pattern NAME = Pattern.compile("[a-z]([-a-z0-9]{0,38}[a-z0-9])?");
    private static final Pattern LABEL = Pattern.compile("[a-z][a-z0-9_-]{0,62}");
    private static final Pattern LABEL_VALUE = Pattern.compile("[a-z0-9_-]{0,63}");

    private final GcpProject project;
    private final ComputeResources compute;
    private final EmulatedKms kms;
    private final GkeOperations operations;
    private final GkePools pools;
    private final EmulatedClusters kubernetes;

    /** By path, such as {@code projects/p/locations/us-central1/clusters/c}. */
    final TreeMap<String, Cluster> clusters = new TreeMap<>();

    GkeClusters(
            GcpProject project,
            ComputeResources compute,
            EmulatedKms kms,
            GkeOperations operations,
            GkePools pools,
            EmulatedClusters kubernetes) {
        this.project = project;
        this.compute = compute;
        this.kms = kms;
        this.operations = operations;
        this.pools = pools;
        this.kubernetes = kubernetes;
        pools.attach(this);
        compute.addUsers(this::userOf);
    }

    static String url(String path, GcpProject project) {
        return "https://container.googleapis.com/v1/"
                + path.replace("projects/" + project.id() + "/", "projects/" + project.number() + "/");
    }

    /** The fourth part of a path, refused when the path is none. */
    static String location(String path) {
        String[] parts = path.split("/", -1);
        if (parts.length < 4 || !parts[0].equals("projects") || !parts[2].equals("locations")) {
            throw GcpError.invalid("Invalid resource name: '" + path + "'.");
        }
        return parts[3];
    }

    static String region(String location) {
        return ComputeCatalogue.isZone(location) ? location.substring(0, location.length() - 2) : location;
    }

    /** Name of a cluster's API server among the emulated ones. */
    static String kubernetesName(String path) {
        return location(path) + "-" + ComputeResources.nameOf(path);
    }

    Cluster get(String path) {
        Cluster cluster = clusters.get(path);
        if (cluster == null) {
            throw GcpError.notFound("Not found: " + path + ".");
        }
        return cluster;
    }

    /** A cluster on which an operation may begin. */
    Cluster requireIdle(String path) {
        Cluster cluster = get(path);
        operations.requireIdle(path);
        if (cluster.getStatus() == Cluster.Status.ERROR || cluster.getStatus() == Cluster.Status.STOPPING) {
            throw GcpError.precondition("Cluster " + path + " is in state " + cluster.getStatus() + ".");
        }
        return cluster;
    }

    void update(String path, UnaryOperator<Cluster.Builder> change) {
        clusters.computeIfPresent(
                path,
                (p, c) -> change.apply(c.toBuilder()).setEtag(project.hex(8)).build());
    }

    private Optional<String> userOf(String resource) {
        return clusters.entrySet().stream()
                .filter(e -> ComputeResources.url(resource)
                                .endsWith("/" + e.getValue().getNetworkConfig().getNetwork())
                        || ComputeResources.url(resource)
                                .endsWith("/" + e.getValue().getNetworkConfig().getSubnetwork()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    // ------------------------------------------------------------------------------------------ reading

    ServerConfig getServerConfig(GetServerConfigRequest r) {
        requireLocation(location(r.getName()));
        return GkeVersions.config();
    }

    ListClustersResponse listClusters(ListClustersRequest r) {
        String location = location(r.getParent());
        if (!location.equals("-")) {
            requireLocation(location);
        }
        return ListClustersResponse.newBuilder()
                .addAllClusters(clusters.values().stream()
                        .filter(c -> location.equals("-") || c.getLocation().equals(location))
                        .toList())
                .build();
    }

    Cluster getCluster(GetClusterRequest r) {
        return get(r.getName());
    }

    private static void requireLocation(String location) {
        if (!ComputeCatalogue.isRegion(location) && !ComputeCatalogue.isZone(location)) {
            throw GcpError.invalid("Location \"" + location + "\" does not exist.");
        }
    }

    // ------------------------------------------------------------------------------------------ creation

    Operation createCluster(CreateClusterRequest r) {
        String location = location(r.getParent());
        requireLocation(location);
        Cluster wanted = r.getCluster();
        String path = r.getParent() + "/clusters/" + wanted.getName();
        if (!NAME.matcher(wanted.getName()).matches()) {
            throw GcpError.invalid("Invalid value for field \"cluster.name\": \"" + wanted.getName()
                    + "\". Must be a match of regex '(?:[a-z](?:[-a-z0-9]{0,38}[a-z0-9])?)'.");
        }
        if (clusters.containsKey(path)) {
            throw GcpError.alreadyExists("Already exists: " + path + ".");
        }
        checkLabels(wanted.getResourceLabelsMap());
        Cluster cluster = complete(path, location, wanted);
        clusters.put(path, cluster);
        try {
            pools.createWithCluster(path, wanted);
        } catch (GcpError e) {
            clusters.remove(path);
            throw e;
        }
        createFirewalls(path);
        return operations.begin(path, Operation.Type.CREATE_CLUSTER, path, Durations.CLUSTER_CREATE, () -> {
            KubernetesSide.create(kubernetes, kubernetesName(path), get(path));
            update(path, c -> c.setStatus(Cluster.Status.RUNNING));
            return pools.launchAll(path);
        });
    }

    private Cluster complete(String path, String location, Cluster wanted) {
        Channel channel =
                wanted.hasReleaseChannel() ? wanted.getReleaseChannel().getChannel() : Channel.REGULAR;
        String version = GkeVersions.resolve(channel, wanted.getInitialClusterVersion());
        String region = region(location);
        String network = network(wanted.getNetwork());
        Subnetwork subnetwork = subnetwork(wanted.getSubnetwork(), region, network);
        if (!wanted.hasIpAllocationPolicy() || !wanted.getIpAllocationPolicy().getUseIpAliases()) {
            if (privateNodes(wanted)) {
                throw GcpError.invalid(
                        "Private nodes need a VPC-native cluster (ip_allocation_policy.use_ip_aliases).");
            }
        }
        String podRange =
                secondaryRange(subnetwork, wanted.getIpAllocationPolicy().getClusterSecondaryRangeName(), "Pod");
        String serviceRange =
                secondaryRange(subnetwork, wanted.getIpAllocationPolicy().getServicesSecondaryRangeName(), "Services");
        if (wanted.hasWorkloadIdentityConfig()
                && !wanted.getWorkloadIdentityConfig().getWorkloadPool().equals(project.id() + ".svc.id.goog")) {
            throw GcpError.invalid("Workload pool must be \"" + project.id() + ".svc.id.goog\", not \""
                    + wanted.getWorkloadIdentityConfig().getWorkloadPool() + "\".");
        }
        List<String> zones = wanted.getLocationsList().isEmpty()
                ? ComputeCatalogue.isZone(location)
                        ? List.of(location)
                        : ComputeCatalogue.zones(location).subList(0, 3)
                : wanted.getLocationsList();
        for (String zone : zones) {
            if (!ComputeCatalogue.zones(region).contains(zone)) {
                throw GcpError.invalid("Location \"" + zone + "\" is not a zone of region \"" + region + "\".");
            }
        }
        if (ComputeCatalogue.isZone(location) && !zones.contains(location)) {
            throw GcpError.invalid("The zone of the cluster, \"" + location + "\", must be among its locations.");
        }
        String octets = Integer.parseInt(project.hex(2), 16) + "." + Integer.parseInt(project.hex(2), 16);
        Cluster.Builder cluster = wanted.toBuilder()
                .clearNodePools()
                .setId(project.hex(64))
                .setSelfLink(url(path, project))
                .setLocation(location)
                .setZone(location)
                .clearLocations()
                .addAllLocations(zones)
                .setStatus(Cluster.Status.PROVISIONING)
                .setCreateTime(project.timestamp())
                .setInitialClusterVersion(version)
                .setCurrentMasterVersion(version)
                .setCurrentNodeVersion(version)
                .setReleaseChannel(ReleaseChannel.newBuilder().setChannel(channel))
                .setNetwork(ComputeResources.nameOf(network))
                .setSubnetwork(subnetwork.getName())
                .setEndpoint("34.72." + octets)
                .setClusterIpv4Cidr(podRange)
                .setServicesIpv4Cidr(serviceRange)
                .setNodeIpv4CidrSize(24)
                .setLabelFingerprint(project.hex(8))
                .setEtag(project.hex(8))
                .setMasterAuth(wanted.getMasterAuth().toBuilder()
                        .setClusterCaCertificate(KubernetesSide.certificateAuthority()));
        cluster.getNetworkConfigBuilder()
                .setNetwork(network)
                .setSubnetwork(
                        "projects/" + project.id() + "/regions/" + region + "/subnetworks/" + subnetwork.getName());
        cluster.getIpAllocationPolicyBuilder()
                .setUseIpAliases(true)
                .setClusterIpv4CidrBlock(podRange)
                .setServicesIpv4CidrBlock(serviceRange)
                .setClusterIpv4Cidr(podRange)
                .setServicesIpv4Cidr(serviceRange)
                .setStackType(StackType.IPV4);
        if (!wanted.hasShieldedNodes()) {
            cluster.setShieldedNodes(ShieldedNodes.newBuilder().setEnabled(true));
        }
        if (!wanted.hasDefaultMaxPodsConstraint()) {
            cluster.setDefaultMaxPodsConstraint(MaxPodsConstraint.newBuilder().setMaxPodsPerNode(110));
        }
        if (wanted.getLoggingService().isEmpty()) {
            cluster.setLoggingService("logging.googleapis.com/kubernetes");
        }
        if (wanted.getMonitoringService().isEmpty()) {
            cluster.setMonitoringService("monitoring.googleapis.com/kubernetes");
        }
        AddonsConfig.Builder addons = cluster.getAddonsConfigBuilder();
        if (!addons.hasGcePersistentDiskCsiDriverConfig()) {
            addons.setGcePersistentDiskCsiDriverConfig(
                    GcePersistentDiskCsiDriverConfig.newBuilder().setEnabled(true));
        }
        cluster.setDatabaseEncryption(encryption(path, wanted.getDatabaseEncryption()));
        endpoints(cluster, octets, region);
        return cluster.build();
    }

    private static boolean privateNodes(Cluster wanted) {
        return wanted.getNetworkConfig().getDefaultEnablePrivateNodes()
                || wanted.getPrivateClusterConfig().getEnablePrivateNodes();
    }

    private String network(String wish) {
        String path = wish.contains("/")
                ? compute.target(wish).orElse(wish)
                : compute.projectPath("global/networks/" + (wish.isEmpty() ? "default" : wish));
        if (compute.find(path).isEmpty()) {
            throw GcpError.invalid("Network \"" + ComputeResources.nameOf(path) + "\" does not exist.");
        }
        compute.requireReady(path);
        return path;
    }

    private Subnetwork subnetwork(String wish, String region, String network) {
        String path = wish.contains("/")
                ? compute.target(wish).orElse(wish)
                : compute.projectPath("regions/" + region + "/subnetworks/"
                        + (wish.isEmpty() ? ComputeResources.nameOf(network) : wish));
        Subnetwork found = (Subnetwork) compute.find(path)
                .filter(s -> path.contains("/regions/" + region + "/")
                        && ((Subnetwork) s).getNetwork().equals(ComputeResources.url(network)))
                .orElseThrow(() -> GcpError.invalid("Subnetwork \"" + ComputeResources.nameOf(path) + "\" of network \""
                        + ComputeResources.nameOf(network) + "\" does not exist in region \"" + region + "\"."));
        compute.requireReady(path);
        return found;
    }

    private static String secondaryRange(Subnetwork subnetwork, String name, String what) {
        if (name.isEmpty()) {
            return what.equals("Pod") ? "10.96.0.0/14" : "34.118.224.0/20";
        }
        return subnetwork.getSecondaryIpRangesList().stream()
                .filter(s -> s.getRangeName().equals(name))
                .map(s -> s.getIpCidrRange())
                .findFirst()
                .orElseThrow(() -> GcpError.invalid(what + " secondary range \"" + name
                        + "\" does not exist in subnetwork \"" + subnetwork.getName() + "\"."));
    }

    private DatabaseEncryption encryption(String path, DatabaseEncryption wanted) {
        if (wanted.getState() != DatabaseEncryption.State.ENCRYPTED) {
            return wanted.toBuilder()
                    .setState(DatabaseEncryption.State.DECRYPTED)
                    .clearKeyName()
                    .setCurrentState(CurrentState.CURRENT_STATE_DECRYPTED)
                    .build();
        }
        kms.requireUsable(
                wanted.getKeyName(),
                "serviceAccount:service-" + project.number() + "@container-engine-robot.iam.gserviceaccount.com",
                region(location(path)));
        return wanted.toBuilder()
                .setCurrentState(CurrentState.CURRENT_STATE_ENCRYPTED)
                .build();
    }

    private void endpoints(Cluster.Builder cluster, String octets, String region) {
        ControlPlaneEndpointsConfig.Builder endpoints = cluster.getControlPlaneEndpointsConfigBuilder();
        endpoints
                .getDnsEndpointConfigBuilder()
                .setEndpoint("gke-" + project.hex(12) + "-" + project.number() + "." + region + ".gke.goog");
        ControlPlaneEndpointsConfig.IPEndpointsConfig.Builder ip = endpoints.getIpEndpointsConfigBuilder();
        if (!ip.hasEnabled()) {
            ip.setEnabled(true);
        }
        if (!ip.hasEnablePublicEndpoint()) {
            ip.setEnablePublicEndpoint(!cluster.getPrivateClusterConfig().getEnablePrivateEndpoint());
        }
        if (!ip.getEnabled() && !endpoints.getDnsEndpointConfig().getAllowExternalTraffic()) {
            throw GcpError.invalid("Either the IP endpoints or external traffic to the DNS endpoint must be enabled.");
        }
        if (ip.getEnablePublicEndpoint()) {
            ip.setPublicEndpoint("34.72." + octets);
        }
        ip.setPrivateEndpoint("10.128.255.2");
        cluster.setEndpoint(ip.getEnablePublicEndpoint() ? "34.72." + octets : "10.128.255.2");
        boolean isPrivate = cluster.getNetworkConfig().getDefaultEnablePrivateNodes()
                || cluster.getPrivateClusterConfig().getEnablePrivateNodes();
        cluster.getNetworkConfigBuilder().setDefaultEnablePrivateNodes(isPrivate);
        cluster.getPrivateClusterConfigBuilder()
                .setEnablePrivateNodes(isPrivate)
                .setEnablePrivateEndpoint(!ip.getEnablePublicEndpoint())
                .setPrivateEndpoint(ip.getPrivateEndpoint())
                .setPublicEndpoint(ip.getPublicEndpoint());
    }

    private static void checkLabels(Map<String, String> labels) {
        labels.forEach((key, value) -> {
            if (!LABEL.matcher(key).matches() || !LABEL_VALUE.matcher(value).matches()) {
                throw GcpError.invalid("Invalid field 'resource_labels': label \"" + key + "=" + value
                        + "\" may hold lowercase letters, digits, - and _ only.");
            }
        });
        if (labels.size() > 64) {
            throw GcpError.invalid("Invalid field 'resource_labels': at most 64 labels.");
        }
    }

    private void createFirewalls(String path) {
        String prefix = "gke-" + ComputeResources.nameOf(path) + "-" + project.hex(8);
        for (String rule : List.of("all", "vms", "inkubelet")) {
            compute.put(
                    compute.projectPath("global/firewalls/" + prefix + "-" + rule),
                    Firewall.newBuilder()
                            .setNetwork(ComputeResources.url(
                                    get(path).getNetworkConfig().getNetwork()))
                            .setDirection("INGRESS")
                            .addTargetTags(prefix + "-node")
                            .build());
        }
    }

    // ------------------------------------------------------------------------------------------ change

    Operation updateCluster(UpdateClusterRequest r) {
        String path = r.getName();
        Cluster cluster = requireIdle(path);
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
            case "desired_database_encryption" -> {
                DatabaseEncryption wanted = encryption(path, update.getDesiredDatabaseEncryption());
                boolean on = wanted.getState() == DatabaseEncryption.State.ENCRYPTED;
                yield change(
                        path,
                        Durations.CLUSTER_ENCRYPTION,
                        c -> c.setDatabaseEncryption(wanted.toBuilder()
                                .setCurrentState(
                                        on
                                                ? CurrentState.CURRENT_STATE_ENCRYPTION_PENDING
                                                : CurrentState.CURRENT_STATE_DECRYPTION_PENDING)),
                        c -> c.setDatabaseEncryption(wanted));
            }
            case "desired_release_channel" -> {
                Channel channel = update.getDesiredReleaseChannel().getChannel();
                int offered = GkeVersions.minor(GkeVersions.resolve(channel, "latest"));
                if (GkeVersions.minor(cluster.getCurrentMasterVersion()) > offered) {
                    throw GcpError.invalid("Version " + cluster.getCurrentMasterVersion()
                            + " is newer than what channel " + channel + " offers.");
                }
                yield change(
                        path,
                        Durations.CLUSTER_UPDATE,
                        c -> c,
                        c -> c.setReleaseChannel(update.getDesiredReleaseChannel()));
            }
            case "desired_control_plane_endpoints_config" -> {
                Cluster.Builder merged = cluster.toBuilder();
                merged.getControlPlaneEndpointsConfigBuilder()
                        .mergeFrom(update.getDesiredControlPlaneEndpointsConfig());
                ControlPlaneEndpointsConfig.IPEndpointsConfig ip =
                        update.getDesiredControlPlaneEndpointsConfig().getIpEndpointsConfig();
                if (ip.hasAuthorizedNetworksConfig()) {
                    merged.getControlPlaneEndpointsConfigBuilder()
                            .getIpEndpointsConfigBuilder()
                            .setAuthorizedNetworksConfig(ip.getAuthorizedNetworksConfig());
                }
                String octets = cluster.getEndpoint().replaceFirst("^\\d+\\.\\d+\\.", "");
                String dns = cluster.getControlPlaneEndpointsConfig()
                        .getDnsEndpointConfig()
                        .getEndpoint();
                endpoints(merged, octets, region(location(path)));
                merged.getControlPlaneEndpointsConfigBuilder()
                        .getDnsEndpointConfigBuilder()
                        .setEndpoint(dns);
                yield change(
                        path,
                        Durations.CLUSTER_UPDATE,
                        c -> c,
                        c -> c.setControlPlaneEndpointsConfig(merged.getControlPlaneEndpointsConfig())
                                .setPrivateClusterConfig(merged.getPrivateClusterConfig())
                                .setEndpoint(merged.getEndpoint()));
            }
            case "desired_default_enable_private_nodes" ->
                change(path, Durations.CLUSTER_UPDATE, c -> c, c -> {
                    c.getNetworkConfigBuilder()
                            .setDefaultEnablePrivateNodes(update.getDesiredDefaultEnablePrivateNodes());
                    c.getPrivateClusterConfigBuilder()
                            .setEnablePrivateNodes(update.getDesiredDefaultEnablePrivateNodes());
                    return c;
                });
            default -> generic(path, field, only.getValue());
        };
    }

    /** A wish {@code desired_x} replaces the field {@code x} of the cluster, messages field by field. */
    private Operation generic(String path, FieldDescriptor wish, Object value) {
        String name = wish.getName().replaceFirst("^desired_", "");
        FieldDescriptor field = Cluster.getDescriptor().findFieldByName(name);
        if (field == null || field.isRepeated() != wish.isRepeated() || field.getType() != wish.getType()) {
            throw GcpError.notEmulated("container.UpdateCluster with " + wish.getName());
        }
        return change(path, Durations.CLUSTER_UPDATE, c -> c, c -> {
            if (value instanceof Message message && !field.isRepeated()) {
                c.setField(field, changed((Message) c.getField(field), message));
            } else {
                c.setField(field, value);
            }
            return c;
        });
    }

    /** Messages that are given replace what was there, and so do plain fields, even when they are given as nothing. */
    private static Message changed(Message old, Message wanted) {
        Message.Builder changed = old.toBuilder();
        for (FieldDescriptor field : wanted.getDescriptorForType().getFields()) {
            if (!field.hasPresence() || wanted.hasField(field)) {
                changed.setField(field, wanted.getField(field));
            }
        }
        return changed.build();
    }

    /** @param path of the cluster, which is busy meanwhile */
    private Operation change(
            String path, Duration time, UnaryOperator<Cluster.Builder> at, UnaryOperator<Cluster.Builder> effect) {
        Operation operation = operations.begin(path, Operation.Type.UPDATE_CLUSTER, path, time, () -> {
            update(path, c -> effect.apply(c).setStatus(Cluster.Status.RUNNING));
            return Optional.empty();
        });
        update(path, c -> at.apply(c).setStatus(Cluster.Status.RECONCILING));
        return operation;
    }

    Operation updateMaster(UpdateMasterRequest r) {
        requireIdle(r.getName());
        return upgrade(r.getName(), r.getMasterVersion());
    }

    private Operation upgrade(String path, String wish) {
        Cluster cluster = get(path);
        String target = GkeVersions.resolve(cluster.getReleaseChannel().getChannel(), wish);
        int from = GkeVersions.minor(cluster.getCurrentMasterVersion());
        int to = GkeVersions.minor(target);
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
            if (to - GkeVersions.minor(pool.getVersion()) > 2) {
                throw GcpError.precondition(
                        "Master cannot be upgraded to \"" + target + "\": node pool \"" + pool.getName()
                                + "\" has version \"" + pool.getVersion() + "\", more than two minor versions older.");
            }
        }
        Operation operation =
                operations.begin(path, Operation.Type.UPGRADE_MASTER, path, Durations.MASTER_UPGRADE, () -> {
                    kubernetes.find(kubernetesName(path)).ifPresent(c -> c.version(target));
                    update(path, c -> c.setCurrentMasterVersion(target).setStatus(Cluster.Status.RUNNING));
                    return Optional.empty();
                });
        update(path, c -> c.setStatus(Cluster.Status.RECONCILING));
        return operation;
    }

    Operation setLabels(SetLabelsRequest r) {
        String path = r.getName();
        Cluster cluster = requireIdle(path);
        if (!r.getLabelFingerprint().equals(cluster.getLabelFingerprint())) {
            throw GcpError.precondition("Labels could not be set due to fingerprint mismatch.");
        }
        checkLabels(r.getResourceLabelsMap());
        return change(
                path,
                Durations.CLUSTER_LABELS,
                c -> c,
                c -> c.clearResourceLabels()
                        .putAllResourceLabels(r.getResourceLabelsMap())
                        .setLabelFingerprint(project.hex(8)));
    }

    Operation setAddonsConfig(SetAddonsConfigRequest r) {
        requireIdle(r.getName());
        return change(
                r.getName(),
                Durations.CLUSTER_UPDATE,
                c -> c,
                c -> c.setAddonsConfig((AddonsConfig) changed(c.getAddonsConfig(), r.getAddonsConfig())));
    }

    Operation setMaintenancePolicy(SetMaintenancePolicyRequest r) {
        requireIdle(r.getName());
        return change(
                r.getName(), Durations.CLUSTER_LABELS, c -> c, c -> c.setMaintenancePolicy(r.getMaintenancePolicy()));
    }

    Operation setLegacyAbac(SetLegacyAbacRequest r) {
        requireIdle(r.getName());
        return change(r.getName(), Durations.CLUSTER_UPDATE, c -> c, c -> {
            c.getLegacyAbacBuilder().setEnabled(r.getEnabled());
            return c;
        });
    }

    // ------------------------------------------------------------------------------------------ deletion

    Operation deleteCluster(DeleteClusterRequest r) {
        String path = r.getName();
        get(path);
        Operation operation =
                operations.begin(path, Operation.Type.DELETE_CLUSTER, path, Durations.CLUSTER_DELETE, () -> {
                    remove(path);
                    return Optional.empty();
                });
        update(path, c -> c.setStatus(Cluster.Status.STOPPING));
        return operation;
    }

    /** Disks of claims, and what controllers made for Services and Ingresses, stay. */
    private void remove(String path) {
        pools.removeAll(path);
        String firewalls = "/global/firewalls/gke-" + ComputeResources.nameOf(path) + "-";
        compute.removeIf(p -> p.contains(firewalls));
        kubernetes.remove(kubernetesName(path));
        clusters.remove(path);
    }
}
