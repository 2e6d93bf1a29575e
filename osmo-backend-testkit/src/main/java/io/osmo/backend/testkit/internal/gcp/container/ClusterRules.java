// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.container;

import com.google.cloud.compute.v1.Subnetwork;
import com.google.container.v1.*;
import com.google.container.v1.DatabaseEncryption.CurrentState;
import com.google.container.v1.ReleaseChannel.Channel;
import io.osmo.backend.testkit.internal.gcp.GcpError;
import io.osmo.backend.testkit.internal.gcp.GcpProject;
import io.osmo.backend.testkit.internal.gcp.Locations;
import io.osmo.backend.testkit.internal.gcp.ResourceLabels;
import io.osmo.backend.testkit.internal.gcp.ResourceNames;
import io.osmo.backend.testkit.internal.gcp.compute.ComputeResources;
import io.osmo.backend.testkit.internal.gcp.iam.Policies;
import io.osmo.backend.testkit.internal.gcp.kms.Kms;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Checks clusters that are to be created, and fills in what the service sets. */
final class ClusterRules {
    /** Names of clusters and of node pools. */
    static final Pattern NAME = Pattern.compile("[a-z]([-a-z0-9]{0,38}[a-z0-9])?");

    private final GcpProject project;
    private final ComputeResources compute;
    private final Kms kms;
    private final Operations operations;
    private final Policies policies;

    ClusterRules(GcpProject project, ComputeResources compute, Kms kms, Operations operations, Policies policies) {
        this.project = project;
        this.compute = compute;
        this.kms = kms;
        this.operations = operations;
        this.policies = policies;
    }

    static void requireLocation(String location) {
        if (!Locations.isRegion(location) && !Locations.isZone(location)) {
            throw GcpError.invalid("Location \"" + location + "\" does not exist.");
        }
    }

    static void requireZones(List<String> zones, String region) {
        for (String zone : zones) {
            if (!Locations.zones(region).contains(zone)) {
                throw GcpError.invalid("Location \"" + zone + "\" is not a zone of region \"" + region + "\".");
            }
        }
    }

    static void checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw GcpError.invalid("Invalid value for field \"cluster.name\": \"" + name
                    + "\". Must be a match of regex '(?:[a-z](?:[-a-z0-9]{0,38}[a-z0-9])?)'.");
        }
    }

    static void checkLabels(Map<String, String> labels) {
        ResourceLabels.check("resource_labels", labels);
    }

    static boolean hasPrivateNodes(ClusterOrBuilder cluster) {
        return cluster.getNetworkConfig().getDefaultEnablePrivateNodes()
                || cluster.getPrivateClusterConfig().getEnablePrivateNodes();
    }

    // ------------------------------------------------------------------------------------------ creation

    /** The cluster as it is created, without its pools. */
    Cluster complete(String path, String location, Cluster wanted) {
        Channel channel =
                wanted.hasReleaseChannel() ? wanted.getReleaseChannel().getChannel() : Channel.REGULAR;
        String version = Versions.resolve(channel, wanted.getInitialClusterVersion());
        String region = Locations.regionOf(location);
        String network = network(wanted.getNetwork());
        Subnetwork subnetwork = subnetwork(wanted.getSubnetwork(), region, network);
        checkPrivateNodes(wanted);
        IPAllocationPolicy addresses = addresses(wanted.getIpAllocationPolicy(), subnetwork);
        checkWorkloadPool(wanted);
        List<String> zones = zones(location, region, wanted);
        String octets = Integer.parseInt(project.hex(2), 16) + "." + Integer.parseInt(project.hex(2), 16);
        Cluster.Builder cluster = wanted.toBuilder()
                .clearNodePools()
                .setId(project.hex(64))
                .setSelfLink(operations.selfLink(path))
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
                .setNetwork(ResourceNames.last(network))
                .setSubnetwork(subnetwork.getName())
                .setIpAllocationPolicy(addresses)
                .setClusterIpv4Cidr(addresses.getClusterIpv4Cidr())
                .setServicesIpv4Cidr(addresses.getServicesIpv4Cidr())
                .setNodeIpv4CidrSize(24)
                .setLabelFingerprint(project.hex(8))
                .setEtag(project.hex(8))
                .setMasterAuth(wanted.getMasterAuth().toBuilder()
                        .setClusterCaCertificate(ClusterObjects.certificateAuthority()));
        cluster.getNetworkConfigBuilder()
                .setNetwork(network)
                .setSubnetwork(compute.target(subnetwork.getSelfLink()).orElseThrow());
        setDefaults(cluster);
        cluster.setDatabaseEncryption(encryption(path, wanted.getDatabaseEncryption()));
        cluster.getControlPlaneEndpointsConfigBuilder()
                .getDnsEndpointConfigBuilder()
                .setEndpoint("gke-" + project.hex(12) + "-" + project.number() + "." + region + ".gke.goog");
        ClusterEndpoints.complete(cluster, octets);
        return cluster.build();
    }

    private static void setDefaults(Cluster.Builder cluster) {
        if (!cluster.hasShieldedNodes()) {
            cluster.setShieldedNodes(ShieldedNodes.newBuilder().setEnabled(true));
        }
        if (!cluster.hasDefaultMaxPodsConstraint()) {
            cluster.setDefaultMaxPodsConstraint(MaxPodsConstraint.newBuilder().setMaxPodsPerNode(110));
        }
        if (cluster.getLoggingService().isEmpty()) {
            cluster.setLoggingService("logging.googleapis.com/kubernetes");
        }
        if (cluster.getMonitoringService().isEmpty()) {
            cluster.setMonitoringService("monitoring.googleapis.com/kubernetes");
        }
        AddonsConfig.Builder addons = cluster.getAddonsConfigBuilder();
        if (!addons.hasGcePersistentDiskCsiDriverConfig()) {
            addons.setGcePersistentDiskCsiDriverConfig(
                    GcePersistentDiskCsiDriverConfig.newBuilder().setEnabled(true));
        }
    }

    private static void checkPrivateNodes(Cluster wanted) {
        boolean vpcNative =
                wanted.hasIpAllocationPolicy() && wanted.getIpAllocationPolicy().getUseIpAliases();
        if (!vpcNative && hasPrivateNodes(wanted)) {
            throw GcpError.invalid("Private nodes need a VPC-native cluster (ip_allocation_policy.use_ip_aliases).");
        }
    }

    private void checkWorkloadPool(Cluster wanted) {
        String own = project.id() + ".svc.id.goog";
        String pool = wanted.getWorkloadIdentityConfig().getWorkloadPool();
        if (wanted.hasWorkloadIdentityConfig() && !pool.equals(own)) {
            throw GcpError.invalid("Workload pool must be \"" + own + "\", not \"" + pool + "\".");
        }
    }

    private static List<String> zones(String location, String region, Cluster wanted) {
        List<String> zones = wanted.getLocationsList();
        if (zones.isEmpty()) {
            zones = Locations.isZone(location)
                    ? List.of(location)
                    : Locations.zones(location).subList(0, 3);
        }
        requireZones(zones, region);
        if (Locations.isZone(location) && !zones.contains(location)) {
            throw GcpError.invalid("The zone of the cluster, \"" + location + "\", must be among its locations.");
        }
        return zones;
    }

    // ------------------------------------------------------------------------------------------ network

    private String network(String requested) {
        String path = requested.contains("/")
                ? compute.target(requested).orElse(requested)
                : project.path("global/networks/" + (requested.isEmpty() ? "default" : requested));
        if (compute.find(path).isEmpty()) {
            throw GcpError.invalid("Network \"" + ResourceNames.last(path) + "\" does not exist.");
        }
        compute.requireReady(path);
        requireShared(path);
        return path;
    }

    /** GKE uses the network of another project only where that project lets it. */
    private void requireShared(String path) {
        String owner = path.split("/", -1)[1];
        if (owner.equals(project.id())) {
            return;
        }
        String host = "projects/" + owner;
        String agent = project.serviceAgent("container-engine-robot");
        boolean subnet = path.contains("/subnetworks/");
        if (!policies.isGranted(host, "roles/container.hostServiceAgentUser", agent)) {
            throw GcpError.denied(
                    "Google Compute Engine: Required 'container.hostServiceAgent.use' permission for '" + host + "'.");
        }
        for (String member :
                List.of(agent, "serviceAccount:" + project.number() + "@cloudservices.gserviceaccount.com")) {
            if (subnet
                    && !policies.isGranted(path, "roles/compute.networkUser", member)
                    && !policies.isGranted(host, "roles/compute.networkUser", member)) {
                throw GcpError.denied(
                        "Google Compute Engine: Required 'compute.subnetworks.use' permission for '" + path + "'.");
            }
        }
    }

    private Subnetwork subnetwork(String requested, String region, String network) {
        String path = requested.contains("/")
                ? compute.target(requested).orElse(requested)
                : project.path("regions/" + region + "/subnetworks/"
                        + (requested.isEmpty() ? ResourceNames.last(network) : requested));
        Subnetwork found = (Subnetwork) compute.find(path)
                .filter(s -> path.contains("/regions/" + region + "/")
                        && ((Subnetwork) s).getNetwork().equals(ComputeResources.url(network)))
                .orElseThrow(() -> GcpError.invalid("Subnetwork \"" + ResourceNames.last(path) + "\" of network \""
                        + ResourceNames.last(network) + "\" does not exist in region \"" + region + "\"."));
        compute.requireReady(path);
        requireShared(path);
        return found;
    }

    private static IPAllocationPolicy addresses(IPAllocationPolicy wanted, Subnetwork subnetwork) {
        String pods = secondaryRange(subnetwork, wanted.getClusterSecondaryRangeName(), "Pod", "10.96.0.0/14");
        String services =
                secondaryRange(subnetwork, wanted.getServicesSecondaryRangeName(), "Services", "34.118.224.0/20");
        return wanted.toBuilder()
                .setUseIpAliases(true)
                .setClusterIpv4CidrBlock(pods)
                .setServicesIpv4CidrBlock(services)
                .setClusterIpv4Cidr(pods)
                .setServicesIpv4Cidr(services)
                .setStackType(StackType.IPV4)
                .build();
    }

    private static String secondaryRange(Subnetwork subnetwork, String name, String what, String defaultRange) {
        if (name.isEmpty()) {
            return defaultRange;
        }
        return subnetwork.getSecondaryIpRangesList().stream()
                .filter(range -> range.getRangeName().equals(name))
                .map(range -> range.getIpCidrRange())
                .findFirst()
                .orElseThrow(() -> GcpError.invalid(what + " secondary range \"" + name
                        + "\" does not exist in subnetwork \"" + subnetwork.getName() + "\"."));
    }

    // ------------------------------------------------------------------------------------------ encryption

    /** Encryption of Secrets, refused if GKE cannot use the key. */
    DatabaseEncryption encryption(String path, DatabaseEncryption wanted) {
        if (wanted.getState() != DatabaseEncryption.State.ENCRYPTED) {
            return wanted.toBuilder()
                    .setState(DatabaseEncryption.State.DECRYPTED)
                    .clearKeyName()
                    .setCurrentState(CurrentState.CURRENT_STATE_DECRYPTED)
                    .build();
        }
        kms.requireUsable(
                wanted.getKeyName(),
                project.serviceAgent("container-engine-robot"),
                Locations.regionOf(ResourceNames.location(path)));
        return wanted.toBuilder()
                .setCurrentState(CurrentState.CURRENT_STATE_ENCRYPTED)
                .build();
    }
}
