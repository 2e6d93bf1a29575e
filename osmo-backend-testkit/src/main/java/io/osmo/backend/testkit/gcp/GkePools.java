// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.gcp;

import com.google.container.v1.*;
import com.google.container.v1.GPUDriverInstallationConfig.GPUDriverVersion;
import com.google.rpc.Code;
import com.google.rpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Node pools: groups of machines whose nodes join the emulated cluster. */
final class GkePools {
    static final String GPU_TAINT = "nvidia.com/gpu";

    private static final Pattern NAME = Pattern.compile("[a-z]([-a-z0-9]{0,38}[a-z0-9])?");
    private static final List<String> RESERVED_LABELS = List.of(
            "kubernetes.io/", "k8s.io/", "cloud.google.com/gke-nodepool", "cloud.google.com/gke-os-distribution");

    private final GcpProject project;
    private final GkeOperations operations;
    private final GkeMachines machines;
    private final EmulatedIam iam;
    private GkeClusters clusters;

    @SuppressWarnings("NullAway.Init") // The clusters know their pools and attach themselves.
    GkePools(GcpProject project, GkeOperations operations, GkeMachines machines, EmulatedIam iam) {
        this.project = project;
        this.operations = operations;
        this.machines = machines;
        this.iam = iam;
    }

    void attach(GkeClusters all) {
        clusters = all;
    }

    // ------------------------------------------------------------------------------------------ reading

    ListNodePoolsResponse listNodePools(ListNodePoolsRequest r) {
        return ListNodePoolsResponse.newBuilder()
                .addAllNodePools(clusters.get(r.getParent()).getNodePoolsList())
                .build();
    }

    NodePool getNodePool(GetNodePoolRequest r) {
        return pool(r.getName());
    }

    private static String clusterOf(String pool) {
        return pool.replaceFirst("/nodePools/[^/]+$", "");
    }

    private NodePool pool(String path) {
        return find(path).orElseThrow(() -> GcpError.notFound("Not found: " + path + "."));
    }

    private Optional<NodePool> find(String path) {
        Cluster cluster = clusters.clusters.get(clusterOf(path));
        return cluster == null
                ? Optional.empty()
                : cluster.getNodePoolsList().stream()
                        .filter(p -> p.getName().equals(ComputeResources.nameOf(path)))
                        .findFirst();
    }

    private void update(String path, UnaryOperator<NodePool.Builder> change) {
        clusters.update(clusterOf(path), c -> {
            for (int i = 0; i < c.getNodePoolsCount(); i++) {
                if (c.getNodePools(i).getName().equals(ComputeResources.nameOf(path))) {
                    c.setNodePools(
                            i, change.apply(c.getNodePools(i).toBuilder()).setEtag(project.hex(8)));
                }
            }
            return c;
        });
    }

    // ------------------------------------------------------------------------------------------ creation

    /** The pools that a cluster is created with. */
    void createWithCluster(String cluster, Cluster wanted) {
        @SuppressWarnings("deprecation") // Callers may still say it so.
        int initial = wanted.getInitialNodeCount();
        List<NodePool> pools = new ArrayList<>(wanted.getNodePoolsList());
        if (initial > 0 && !pools.isEmpty()) {
            throw GcpError.invalid("Cluster.initial_node_count and Cluster.node_pools cannot both be specified.");
        }
        if (initial == 0 && pools.isEmpty()) {
            throw GcpError.invalid("Cluster.initial_node_count must be greater than zero.");
        }
        if (pools.isEmpty()) {
            @SuppressWarnings("deprecation")
            NodeConfig config = wanted.getNodeConfig();
            pools.add(NodePool.newBuilder()
                    .setName("default-pool")
                    .setInitialNodeCount(initial)
                    .setConfig(config)
                    .build());
        }
        pools.forEach(pool -> add(cluster, pool, pools));
    }

    Operation createNodePool(CreateNodePoolRequest r) {
        Cluster cluster = clusters.requireIdle(r.getParent());
        NodePool wanted = r.getNodePool();
        String path = r.getParent() + "/nodePools/" + wanted.getName();
        if (find(path).isPresent()) {
            throw GcpError.alreadyExists("Already exists: " + path + ".");
        }
        List<NodePool> all = new ArrayList<>(cluster.getNodePoolsList());
        all.add(wanted);
        add(r.getParent(), wanted, all);
        Operation operation = operate(path, Operation.Type.CREATE_NODE_POOL, Durations.POOL_CREATE, () -> launch(path));
        operations.cancellable(r.getParent(), () -> remove(path));
        return operation;
    }

    private void add(String cluster, NodePool wanted, List<NodePool> all) {
        Cluster owner = clusters.get(cluster);
        NodePool pool = complete(owner, wanted, all);
        if (iam.find(pool.getConfig().getServiceAccount()).isEmpty()) {
            throw GcpError.invalid("Service account \"" + pool.getConfig().getServiceAccount() + "\" does not exist.");
        }
        machines.requireQuota(owner, pool, initialSize(owner, pool));
        clusters.update(cluster, c -> c.addNodePools(pool));
    }

    private NodePool complete(Cluster cluster, NodePool asked, List<NodePool> all) {
        NodePool wanted = managed(cluster, asked);
        if (!NAME.matcher(wanted.getName()).matches()) {
            throw GcpError.invalid("Invalid value for field \"node_pool.name\": \"" + wanted.getName() + "\".");
        }
        List<String> zones =
                wanted.getLocationsList().isEmpty() ? cluster.getLocationsList() : wanted.getLocationsList();
        String region = GkeClusters.region(cluster.getLocation());
        for (String zone : zones) {
            if (!ComputeCatalogue.zones(region).contains(zone)) {
                throw GcpError.invalid("Location \"" + zone + "\" is not a zone of region \"" + region + "\".");
            }
        }
        NodeConfig.Builder config = wanted.getConfig().toBuilder();
        if (config.getMachineType().isEmpty()) {
            config.setMachineType("e2-medium");
        }
        MachineFacts machine = MachineFacts.find(config.getMachineType())
                .orElseThrow(() -> GcpError.invalid("Machine type \"" + config.getMachineType()
                        + "\" does not exist in zone \"" + zones.get(0) + "\"."));
        for (String zone : zones) {
            if (!machine.isSoldIn(zone)) {
                throw GcpError.invalid(
                        "Machine type \"" + machine.name() + "\" does not exist in zone \"" + zone + "\".");
            }
        }
        accelerators(config, machine, zones);
        disk(config, machine);
        checkLabels(config.getLabelsMap());
        checkTaints(config.getTaintsList());
        if (config.getServiceAccount().isEmpty()) {
            config.setServiceAccount("default");
        }
        if (config.getImageType().isEmpty()) {
            config.setImageType("COS_CONTAINERD");
        }
        if (!config.getImageType().equals("COS_CONTAINERD")
                && !config.getImageType().equals("UBUNTU_CONTAINERD")) {
            throw GcpError.invalid("Image type \"" + config.getImageType() + "\" is not supported.");
        }
        if (config.getSpot() && config.getFlexStart()) {
            throw GcpError.invalid("Spot VMs and flex-start cannot be combined.");
        }
        taintGpus(config, all);
        if (cluster.getReleaseChannel().getChannel() != ReleaseChannel.Channel.UNSPECIFIED
                && !wanted.getManagement().getAutoUpgrade()) {
            throw GcpError.invalid("Auto_upgrade must be true when release_channel "
                    + cluster.getReleaseChannel().getChannel() + " is set.");
        }
        checkAutoscaling(wanted.getAutoscaling(), wanted.getInitialNodeCount(), zones.size());
        String version = wanted.getVersion().isEmpty() || wanted.getVersion().equals("-")
                ? cluster.getCurrentMasterVersion()
                : GkeVersions.resolve(cluster.getReleaseChannel().getChannel(), wanted.getVersion());
        requireNotNewer(cluster, version);
        NodePool.Builder pool = wanted.toBuilder()
                .setConfig(config)
                .clearLocations()
                .addAllLocations(zones)
                .setVersion(version)
                .setStatus(NodePool.Status.PROVISIONING)
                .setSelfLink(GkeClusters.url(
                        "projects/" + project.id() + "/locations/" + cluster.getLocation() + "/clusters/"
                                + cluster.getName() + "/nodePools/" + wanted.getName(),
                        project))
                .setPodIpv4CidrSize(24)
                .setEtag(project.hex(8));
        if (!wanted.hasMaxPodsConstraint()) {
            pool.setMaxPodsConstraint(cluster.getDefaultMaxPodsConstraint());
        }
        if (!wanted.hasUpgradeSettings()) {
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
        String hash = project.hex(8);
        zones.forEach(zone -> pool.addInstanceGroupUrls(ComputeResources.url("projects/" + project.id() + "/zones/"
                + zone + "/instanceGroupManagers/" + group(cluster, wanted, hash))));
        return pool.build();
    }

    /** Clusters in a channel repair and upgrade their nodes unless the pool says otherwise. */
    private static NodePool managed(Cluster cluster, NodePool pool) {
        boolean channel = cluster.getReleaseChannel().getChannel() != ReleaseChannel.Channel.UNSPECIFIED;
        return pool.hasManagement() || !channel
                ? pool
                : pool.toBuilder()
                        .setManagement(
                                NodeManagement.newBuilder().setAutoRepair(true).setAutoUpgrade(true))
                        .build();
    }

    private static String group(Cluster cluster, NodePool pool, String hash) {
        String stem = "gke-" + cluster.getName() + "-" + pool.getName();
        return (stem.length() > 40 ? stem.substring(0, 40) : stem) + "-" + hash + "-grp";
    }

    /** Accelerators of their own machines are filled in, those of others refused; those of N1 must be sold where the pool is. */
    private static void accelerators(NodeConfig.Builder config, MachineFacts machine, List<String> zones) {
        if (config.getAcceleratorsCount() == 0) {
            if (machine.gpuType() != null) {
                config.addAccelerators(AcceleratorConfig.newBuilder()
                        .setAcceleratorType(machine.gpuType())
                        .setAcceleratorCount(machine.gpus()));
            }
        }
        for (AcceleratorConfig accelerator : config.getAcceleratorsList()) {
            String type = accelerator.getAcceleratorType();
            MachineFacts.Gpu gpu = MachineFacts.accelerators().get(type);
            if (gpu == null) {
                throw GcpError.invalid("Accelerator type \"" + type + "\" does not exist.");
            }
            boolean own =
                    Objects.equals(machine.gpuType(), type) && machine.gpus() == accelerator.getAcceleratorCount();
            boolean added = gpu.attachable() && machine.name().startsWith("n1-");
            if (!own && !added) {
                throw GcpError.invalid(
                        "Accelerator type \"" + type + "\" with count " + accelerator.getAcceleratorCount()
                                + " is not supported with machine type \"" + machine.name() + "\".");
            }
            if (added
                    && (accelerator.getAcceleratorCount() > gpu.perMachine()
                            || Long.bitCount(accelerator.getAcceleratorCount()) != 1)) {
                throw GcpError.invalid("Accelerator count " + accelerator.getAcceleratorCount()
                        + " is not allowed for \"" + type + "\": a power of two up to " + gpu.perMachine() + " is.");
            }
            for (String zone : zones) {
                if (!gpu.zones().contains(zone.substring(zone.length() - 1))) {
                    throw GcpError.invalid("Accelerator type \"" + type + "\" does not exist in zone " + zone + ".");
                }
            }
        }
        // Since 1.30.1-gke.1156000 a driver is installed unless the caller says otherwise.
        for (int i = 0; i < config.getAcceleratorsCount(); i++) {
            GPUDriverInstallationConfig.Builder driver =
                    config.getAcceleratorsBuilder(i).getGpuDriverInstallationConfigBuilder();
            if (driver.getGpuDriverVersion() == GPUDriverVersion.GPU_DRIVER_VERSION_UNSPECIFIED) {
                driver.setGpuDriverVersion(GPUDriverVersion.DEFAULT);
            }
        }
    }

    @SuppressWarnings("deprecation") // Both ways of naming the disk are in use.
    private static void disk(NodeConfig.Builder config, MachineFacts machine) {
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

    private static void checkLabels(Map<String, String> labels) {
        labels.keySet().stream()
                .filter(label -> RESERVED_LABELS.stream().anyMatch(label::startsWith))
                .findFirst()
                .ifPresent(label -> {
                    throw GcpError.invalid("Node label \"" + label + "\" is reserved.");
                });
    }

    private static void checkTaints(List<NodeTaint> taints) {
        for (NodeTaint taint : taints) {
            if (taint.getKey().isEmpty() || taint.getEffect() == NodeTaint.Effect.EFFECT_UNSPECIFIED) {
                throw GcpError.invalid("A node taint needs a key and an effect.");
            }
        }
    }

    /** GKE taints nodes with GPUs by itself as long as there is a pool without, where its own pods can go. */
    private static void taintGpus(NodeConfig.Builder config, List<NodePool> all) {
        boolean tainted =
                config.getTaintsList().stream().anyMatch(t -> t.getKey().equals(GPU_TAINT));
        boolean elsewhere = all.stream()
                .anyMatch(p -> p.getConfig().getAcceleratorsCount() == 0
                        && MachineFacts.find(p.getConfig().getMachineType())
                                .filter(m -> m.gpuType() != null)
                                .isEmpty());
        if (config.getAcceleratorsCount() > 0 && !tainted && elsewhere) {
            config.addTaints(NodeTaint.newBuilder()
                    .setKey(GPU_TAINT)
                    .setValue("present")
                    .setEffect(NodeTaint.Effect.NO_SCHEDULE));
        }
    }

    private static void checkAutoscaling(NodePoolAutoscaling scaling, int initial, int zones) {
        if (!scaling.getEnabled()) {
            return;
        }
        boolean total = scaling.getTotalMaxNodeCount() > 0 || scaling.getTotalMinNodeCount() > 0;
        boolean perZone = scaling.getMaxNodeCount() > 0 || scaling.getMinNodeCount() > 0;
        if (total && perZone) {
            throw GcpError.invalid("Total and per-zone limits of autoscaling cannot both be specified.");
        }
        int min = total ? scaling.getTotalMinNodeCount() : scaling.getMinNodeCount() * zones;
        int max = total ? scaling.getTotalMaxNodeCount() : scaling.getMaxNodeCount() * zones;
        if (max < 1 || min > max) {
            throw GcpError.invalid("Autoscaling needs a maximum of at least 1 that is not below the minimum, not " + min
                    + " to " + max + ".");
        }
        if (initial * zones > max) {
            throw GcpError.invalid("initial_node_count of " + initial + " in each of " + zones
                    + " zones is above the maximum of autoscaling, " + max + ".");
        }
    }

    private static void requireNotNewer(Cluster cluster, String version) {
        if (GkeVersions.minor(version) > GkeVersions.minor(cluster.getCurrentMasterVersion())) {
            throw GcpError.invalid("Node version \"" + version + "\" must not be newer than the master's, \""
                    + cluster.getCurrentMasterVersion() + "\".");
        }
    }

    private static int initialSize(Cluster cluster, NodePool pool) {
        return wantedSize(pool, pool.getInitialNodeCount() * pool.getLocationsCount());
    }

    /** What the autoscaler makes of a size when no pod waits. */
    private static int wantedSize(NodePool pool, int size) {
        NodePoolAutoscaling scaling = pool.getAutoscaling();
        if (!scaling.getEnabled()) {
            return size;
        }
        boolean total = scaling.getTotalMaxNodeCount() > 0;
        int zones = pool.getLocationsCount();
        int min = total ? scaling.getTotalMinNodeCount() : scaling.getMinNodeCount() * zones;
        int max = total ? scaling.getTotalMaxNodeCount() : scaling.getMaxNodeCount() * zones;
        return Math.max(min, Math.min(max, size));
    }

    // ------------------------------------------------------------------------------------------ machines

    /** Brings the pools of a cluster that has just come up to their size. */
    Optional<Status> launchAll(String cluster) {
        Optional<Status> problem = Optional.empty();
        for (NodePool pool : clusters.get(cluster).getNodePoolsList()) {
            Optional<Status> own = launch(cluster + "/nodePools/" + pool.getName());
            problem = problem.isPresent() ? problem : own;
        }
        return problem;
    }

    private Optional<Status> launch(String path) {
        NodePool pool = pool(path);
        machines.createGroups(clusters.get(clusterOf(path)), pool);
        return scale(path, initialSize(clusters.get(clusterOf(path)), pool));
    }

    /** Brings a pool to a size; what cannot be had is asked for again and again, and the pool says so meanwhile. */
    private Optional<Status> scale(String path, int size) {
        NodePool pool = pool(path);
        Optional<StatusCondition> problem = machines.scale(clusters.get(clusterOf(path)), pool, size);
        update(
                path,
                p -> p.clearConditions()
                        .addAllConditions(problem.stream().toList())
                        .setStatusMessage(
                                problem.map(StatusCondition::getMessage).orElse(""))
                        .setStatus(problem.isPresent() ? NodePool.Status.RUNNING_WITH_ERROR : NodePool.Status.RUNNING));
        updateNodeCount(clusterOf(path));
        problem.ifPresent(p -> project.after(Durations.STOCK_OUT_RETRY, () -> retry(path, size)));
        return problem.map(p -> Status.newBuilder()
                .setCode(Code.RESOURCE_EXHAUSTED_VALUE)
                .setMessage("Google Compute Engine: Not all instances running in IGM. " + p.getMessage())
                .build());
    }

    private void retry(String path, int size) {
        find(path)
                .filter(p -> p.getStatus() == NodePool.Status.RUNNING_WITH_ERROR)
                .ifPresent(p -> scale(path, size));
    }

    @SuppressWarnings("deprecation") // Kept by the service for its older callers.
    private void updateNodeCount(String cluster) {
        int nodes = clusters.get(cluster).getNodePoolsList().stream()
                .mapToInt(machines::size)
                .sum();
        clusters.update(cluster, c -> c.setCurrentNodeCount(nodes));
    }

    /** The nodes as they are now; for changes that reach the machines that run. */
    private void refresh(String path) {
        machines.refresh(clusters.get(clusterOf(path)), pool(path));
    }

    // ------------------------------------------------------------------------------------------ change

    /** Begins an operation on a pool; pool and cluster are busy meanwhile. */
    private Operation operate(String path, Operation.Type type, Duration time, Supplier<Optional<Status>> effect) {
        String cluster = clusterOf(path);
        Operation operation = operations.begin(cluster, type, path, time, () -> {
            Optional<Status> problem = effect.get();
            clusters.update(cluster, c -> c.setStatus(Cluster.Status.RUNNING));
            return problem;
        });
        clusters.update(cluster, c -> c.setStatus(Cluster.Status.RECONCILING));
        return operation;
    }

    private Operation change(String path, Operation.Type type, Duration time, UnaryOperator<NodePool.Builder> effect) {
        NodePool.Status before = pool(path).getStatus();
        Operation operation = operate(path, type, time, () -> {
            update(path, p -> effect.apply(p).setStatus(before));
            refresh(path);
            return Optional.empty();
        });
        update(path, p -> p.setStatus(NodePool.Status.RECONCILING));
        return operation;
    }

    private NodePool requireIdle(String path) {
        clusters.requireIdle(clusterOf(path));
        return pool(path);
    }

    Operation updateNodePool(UpdateNodePoolRequest r) {
        String path = r.getName();
        NodePool pool = requireIdle(path);
        if (!r.getEtag().isEmpty() && !r.getEtag().equals(pool.getEtag())) {
            throw GcpError.aborted("The etag of node pool " + path + " has changed.");
        }
        Cluster cluster = clusters.get(clusterOf(path));
        String version = r.getNodeVersion().isEmpty()
                ? pool.getVersion()
                : r.getNodeVersion().equals("-")
                        ? cluster.getCurrentMasterVersion()
                        : r.getNodeVersion().equals(pool.getVersion())
                                ? pool.getVersion()
                                : GkeVersions.resolve(
                                        cluster.getReleaseChannel().getChannel(), r.getNodeVersion());
        NodePool.Builder wanted = pool.toBuilder().setVersion(version);
        NodeConfig.Builder config = wanted.getConfigBuilder();
        if (!r.getImageType().isEmpty()) {
            config.setImageType(r.getImageType());
        }
        if (!r.getMachineType().isEmpty()) {
            config.setMachineType(r.getMachineType());
        }
        if (!r.getDiskType().isEmpty() || r.getDiskSizeGb() > 0) {
            disk(config, r);
        }
        if (r.hasLabels()) {
            checkLabels(r.getLabels().getLabelsMap());
            config.clearLabels().putAllLabels(r.getLabels().getLabelsMap());
        }
        if (r.hasTaints()) {
            checkTaints(r.getTaints().getTaintsList());
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
        if (r.hasUpgradeSettings()) {
            wanted.setUpgradeSettings(r.getUpgradeSettings());
        }
        if (r.getLocationsCount() > 0) {
            wanted.clearLocations().addAllLocations(r.getLocationsList());
        }
        if (r.hasGvnic()) {
            config.setGvnic(r.getGvnic());
        }
        if (r.hasNodeNetworkConfig()) {
            wanted.getNetworkConfigBuilder().mergeFrom(r.getNodeNetworkConfig());
        }
        boolean replaces = !version.equals(pool.getVersion())
                || !config.getImageType().equals(pool.getConfig().getImageType())
                || !config.getMachineType().equals(pool.getConfig().getMachineType())
                || !config.getDiskType().equals(pool.getConfig().getDiskType())
                || config.getDiskSizeGb() != pool.getConfig().getDiskSizeGb();
        requireNotNewer(cluster, version);
        // Whatever comes out must be something that could have been created.
        complete(cluster, wanted.build(), cluster.getNodePoolsList());
        return change(
                path,
                replaces ? Operation.Type.UPGRADE_NODES : Operation.Type.UPDATE_CLUSTER,
                replaces ? replacing(pool) : Durations.POOL_UPDATE,
                p -> p.mergeFrom(NodePool.getDefaultInstance())
                        .setVersion(wanted.getVersion())
                        .setConfig(wanted.getConfig())
                        .setUpgradeSettings(wanted.getUpgradeSettings())
                        .setNetworkConfig(wanted.getNetworkConfig())
                        .clearLocations()
                        .addAllLocations(wanted.getLocationsList()));
    }

    @SuppressWarnings("deprecation")
    private static void disk(NodeConfig.Builder config, UpdateNodePoolRequest r) {
        if (!r.getDiskType().isEmpty()) {
            config.setDiskType(r.getDiskType());
            config.getBootDiskBuilder().setDiskType(r.getDiskType());
        }
        if (r.getDiskSizeGb() > 0) {
            config.setDiskSizeGb((int) r.getDiskSizeGb());
            config.getBootDiskBuilder().setSizeGb(r.getDiskSizeGb());
        }
    }

    private Duration replacing(NodePool pool) {
        int batch = Math.max(
                1,
                pool.getUpgradeSettings().getMaxSurge()
                        + pool.getUpgradeSettings().getMaxUnavailable());
        int batches = (machines.size(pool) + batch - 1) / batch;
        return Durations.NODE_REPLACE.multipliedBy(Math.max(1, batches));
    }

    /** Upgrades one pool, or the only one. */
    Operation upgrade(String cluster, String poolName, String wish) {
        Cluster owner = clusters.get(cluster);
        if (poolName.isEmpty() && owner.getNodePoolsCount() != 1) {
            throw GcpError.invalid("desired_node_pool_id must be specified when there is more than one node pool.");
        }
        String name = poolName.isEmpty() ? owner.getNodePools(0).getName() : poolName;
        String path = cluster + "/nodePools/" + name;
        NodePool pool = pool(path);
        String version = wish.equals("-")
                ? owner.getCurrentMasterVersion()
                : GkeVersions.resolve(owner.getReleaseChannel().getChannel(), wish);
        requireNotNewer(owner, version);
        return change(path, Operation.Type.UPGRADE_NODES, replacing(pool), p -> p.setVersion(version));
    }

    Operation setNodePoolAutoscaling(SetNodePoolAutoscalingRequest r) {
        NodePool pool = requireIdle(r.getName());
        checkAutoscaling(r.getAutoscaling(), 0, pool.getLocationsCount());
        return change(r.getName(), Operation.Type.UPDATE_CLUSTER, Durations.POOL_AUTOSCALING, p -> {
            p.setAutoscaling(r.getAutoscaling());
            // The autoscaler acts a little later.
            project.after(Durations.POOL_RESIZE, () -> autoscale(r.getName()));
            return p;
        });
    }

    private void autoscale(String path) {
        find(path)
                .filter(p -> p.getAutoscaling().getEnabled() && p.getStatus() != NodePool.Status.STOPPING)
                .ifPresent(p -> scale(path, wantedSize(p, machines.size(p))));
    }

    Operation setNodePoolSize(SetNodePoolSizeRequest r) {
        NodePool pool = requireIdle(r.getName());
        if (r.getNodeCount() < 0) {
            throw GcpError.invalid("node_count must not be negative.");
        }
        int size = r.getNodeCount() * pool.getLocationsCount();
        Operation operation = operate(
                r.getName(), Operation.Type.SET_NODE_POOL_SIZE, Durations.POOL_RESIZE, () -> scale(r.getName(), size));
        update(r.getName(), p -> p.setStatus(NodePool.Status.RECONCILING));
        return operation;
    }

    Operation setNodePoolManagement(SetNodePoolManagementRequest r) {
        requireIdle(r.getName());
        return change(
                r.getName(),
                Operation.Type.SET_NODE_POOL_MANAGEMENT,
                Durations.POOL_AUTOSCALING,
                p -> p.setManagement(r.getManagement()));
    }

    // ------------------------------------------------------------------------------------------ deletion

    Operation deleteNodePool(DeleteNodePoolRequest r) {
        String path = r.getName();
        requireIdle(path);
        Operation operation = operate(path, Operation.Type.DELETE_NODE_POOL, Durations.POOL_DELETE, () -> {
            remove(path);
            return Optional.empty();
        });
        update(path, p -> p.setStatus(NodePool.Status.STOPPING));
        return operation;
    }

    private void remove(String path) {
        String cluster = clusterOf(path);
        machines.remove(clusters.get(cluster), pool(path));
        clusters.update(cluster, c -> {
            for (int i = c.getNodePoolsCount() - 1; i >= 0; i--) {
                if (c.getNodePools(i).getName().equals(ComputeResources.nameOf(path))) {
                    c.removeNodePools(i);
                }
            }
            return c.setStatus(Cluster.Status.RUNNING);
        });
        updateNodeCount(cluster);
    }

    void removeAll(String cluster) {
        Cluster owner = clusters.get(cluster);
        owner.getNodePoolsList().forEach(pool -> machines.remove(owner, pool));
    }
}
