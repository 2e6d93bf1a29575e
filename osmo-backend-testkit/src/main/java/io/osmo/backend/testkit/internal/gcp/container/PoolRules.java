// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.container;

import com.google.container.v1.*;
import io.osmo.backend.testkit.internal.gcp.GcpError;
import io.osmo.backend.testkit.internal.gcp.GcpProject;
import io.osmo.backend.testkit.internal.gcp.Locations;
import io.osmo.backend.testkit.internal.gcp.compute.ComputeResources;
import io.osmo.backend.testkit.internal.gcp.compute.MachineFacts;
import io.osmo.backend.testkit.internal.gcp.iam.ServiceAccounts;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Checks node pools that are to be created or changed, and fills in what the service sets. */
final class PoolRules {
    private static final Pattern OF_KUBERNETES = Pattern.compile("([^/]+\\.)?(kubernetes|k8s)\\.io/.*");

    /** Labels that GKE sets automatically. */
    private static final Pattern OF_GKE = Pattern.compile("cloud\\.google\\.com/(machine-family|private-node|"
            + "gke-(nodepool|os-distribution|accelerator|accelerator-count|boot-disk|container-runtime|"
            + "cpu-scaling-level|flex-start|logging-variant|max-pods-per-node|memory-gb-scaling-level|preemptible|"
            + "provisioning|spot|stack-type))");

    private final GcpProject project;
    private final Operations operations;
    private final ServiceAccounts accounts;

    PoolRules(GcpProject project, Operations operations, ServiceAccounts accounts) {
        this.project = project;
        this.operations = operations;
        this.accounts = accounts;
    }

    /**
     * The pool as it is created.
     *
     * @param all the pools that the cluster will have
     */
    NodePool complete(Cluster cluster, NodePool requested, List<NodePool> all) {
        NodePool wanted = withManagement(cluster, requested);
        if (!ClusterRules.NAME.matcher(wanted.getName()).matches()) {
            throw GcpError.invalid("Invalid value for field \"node_pool.name\": \"" + wanted.getName() + "\".");
        }
        List<String> zones =
                wanted.getLocationsList().isEmpty() ? cluster.getLocationsList() : wanted.getLocationsList();
        ClusterRules.requireZones(zones, Locations.regionOf(cluster.getLocation()));
        NodeConfig config = complete(wanted.getConfig(), zones, all);
        if (isInChannel(cluster) && !wanted.getManagement().getAutoUpgrade()) {
            throw GcpError.invalid("Auto_upgrade must be true when release_channel "
                    + cluster.getReleaseChannel().getChannel() + " is set.");
        }
        PoolScaling.checkAutoscaling(wanted.getAutoscaling(), wanted.getInitialNodeCount(), zones.size());
        String version = wanted.getVersion().isEmpty() ? "-" : wanted.getVersion();
        NodePool.Builder pool = wanted.toBuilder()
                .setConfig(config)
                .clearLocations()
                .addAllLocations(zones)
                .setVersion(version(cluster, version));
        setDefaults(pool, cluster);
        return pool.build();
    }

    private void setDefaults(NodePool.Builder pool, Cluster cluster) {
        String clusterPath = project.path("locations/" + cluster.getLocation() + "/clusters/" + cluster.getName());
        pool.setStatus(NodePool.Status.PROVISIONING)
                .setSelfLink(operations.selfLink(ClusterStore.poolPath(clusterPath, pool.getName())))
                .setPodIpv4CidrSize(24)
                .setEtag(project.hex(8));
        if (!pool.hasMaxPodsConstraint()) {
            pool.setMaxPodsConstraint(cluster.getDefaultMaxPodsConstraint());
        }
        if (!pool.hasUpgradeSettings()) {
            pool.setUpgradeSettings(
                    NodePool.UpgradeSettings.newBuilder().setMaxSurge(1).setStrategy(NodePoolUpdateStrategy.SURGE));
        }
        NodeNetworkConfig.Builder network = pool.getNetworkConfigBuilder();
        if (network.getPodRange().isEmpty()) {
            network.setPodRange(cluster.getIpAllocationPolicy().getClusterSecondaryRangeName());
        }
        if (!network.hasEnablePrivateNodes()) {
            network.setEnablePrivateNodes(cluster.getNetworkConfig().getDefaultEnablePrivateNodes());
        }
        String stem = "gke-" + cluster.getName() + "-" + pool.getName();
        String group = (stem.length() > 40 ? stem.substring(0, 40) : stem) + "-" + project.hex(8) + "-grp";
        List.copyOf(pool.getLocationsList())
                .forEach(zone -> pool.addInstanceGroupUrls(
                        ComputeResources.url(project.path("zones/" + zone + "/instanceGroupManagers/" + group))));
    }

    private static boolean isInChannel(Cluster cluster) {
        return cluster.getReleaseChannel().getChannel() != ReleaseChannel.Channel.UNSPECIFIED;
    }

    /** In a release channel, nodes are repaired and upgraded unless the pool says otherwise. */
    private static NodePool withManagement(Cluster cluster, NodePool pool) {
        return pool.hasManagement() || !isInChannel(cluster)
                ? pool
                : pool.toBuilder()
                        .setManagement(
                                NodeManagement.newBuilder().setAutoRepair(true).setAutoUpgrade(true))
                        .build();
    }

    /** The node version that a request means, {@code -} for the control plane's; refused if it is newer than that. */
    static String version(Cluster cluster, String requested) {
        String version = requested.equals("-")
                ? cluster.getCurrentMasterVersion()
                : Versions.resolve(cluster.getReleaseChannel().getChannel(), requested);
        requireNotNewer(cluster, version);
        return version;
    }

    static void requireNotNewer(Cluster cluster, String version) {
        if (Versions.minor(version) > Versions.minor(cluster.getCurrentMasterVersion())) {
            throw GcpError.invalid("Node version \"" + version + "\" must not be newer than the master's, \""
                    + cluster.getCurrentMasterVersion() + "\".");
        }
    }

    void requireServiceAccount(String email) {
        if (accounts.find(email).isEmpty()) {
            throw GcpError.invalid("Service account \"" + email + "\" does not exist.");
        }
    }

    // ------------------------------------------------------------------------------------------ nodes

    private NodeConfig complete(NodeConfig wanted, List<String> zones, List<NodePool> all) {
        NodeConfig.Builder config = wanted.toBuilder();
        if (config.getMachineType().isEmpty()) {
            config.setMachineType("e2-medium");
        }
        MachineFacts machine = machine(config.getMachineType(), zones);
        Accelerators.complete(config, machine, zones);
        completeDisk(config, machine);
        checkLabels(config.getLabelsMap());
        ClusterRules.checkLabels(config.getResourceLabelsMap());
        checkTaints(config.getTaintsList());
        if (config.getServiceAccount().isEmpty()) {
            config.setServiceAccount("default");
        }
        if (config.getImageType().isEmpty()) {
            config.setImageType("COS_CONTAINERD");
        }
        if (!Versions.IMAGES.contains(config.getImageType()) || !project.offersImage(config.getImageType())) {
            throw GcpError.invalid("Image type \"" + config.getImageType() + "\" is not supported.");
        }
        if (config.getSpot() && config.getFlexStart()) {
            throw GcpError.invalid("Spot VMs and flex-start cannot be combined.");
        }
        Accelerators.addTaint(config, all);
        return config.build();
    }

    private static MachineFacts machine(String name, List<String> zones) {
        MachineFacts machine = MachineFacts.find(name).orElseThrow(() -> noMachine(name, zones.get(0)));
        zones.stream().filter(zone -> !machine.isSoldIn(zone)).findFirst().ifPresent(zone -> {
            throw noMachine(name, zone);
        });
        return machine;
    }

    private static GcpError noMachine(String name, String zone) {
        return GcpError.invalid("Machine type \"" + name + "\" does not exist in zone \"" + zone + "\".");
    }

    @SuppressWarnings("deprecation") // Both ways to specify the disk are in use.
    private static void completeDisk(NodeConfig.Builder config, MachineFacts machine) {
        BootDisk boot = config.getBootDisk();
        String type = !boot.getDiskType().isEmpty()
                ? boot.getDiskType()
                : !config.getDiskType().isEmpty()
                        ? config.getDiskType()
                        : machine.hyperdiskOnly() ? "hyperdisk-balanced" : "pd-balanced";
        long size = boot.getSizeGb() > 0 ? boot.getSizeGb() : config.getDiskSizeGb() > 0 ? config.getDiskSizeGb() : 100;
        if (machine.hyperdiskOnly() == type.startsWith("pd-")) {
            throw GcpError.invalid(
                    "Disk type \"" + type + "\" cannot be used with machine type \"" + machine.name() + "\".");
        }
        if (size < 10) {
            throw GcpError.invalid("Invalid value for field \"disk_size_gb\": " + size + ". Must be at least 10.");
        }
        config.setDiskType(type).setDiskSizeGb((int) size);
        config.getBootDiskBuilder().setDiskType(type).setSizeGb(size);
    }

    static void checkLabels(Map<String, String> labels) {
        labels.keySet().stream()
                .filter(label -> OF_KUBERNETES.matcher(label).matches()
                        || OF_GKE.matcher(label).matches())
                .findFirst()
                .ifPresent(label -> {
                    throw GcpError.invalid("Node labels with key \"" + label
                            + "\" are managed by GKE or Kubernetes and must not be manually specified.");
                });
    }

    static void checkTaints(List<NodeTaint> taints) {
        for (NodeTaint taint : taints) {
            if (taint.getKey().isEmpty() || taint.getEffect() == NodeTaint.Effect.EFFECT_UNSPECIFIED) {
                throw GcpError.invalid("A node taint needs a key and an effect.");
            }
            if (OF_KUBERNETES.matcher(taint.getKey()).matches()) {
                throw GcpError.invalid("Node taints with key \"" + taint.getKey()
                        + "\" are managed by GKE or Kubernetes and must not be manually specified.");
            }
        }
    }
}
