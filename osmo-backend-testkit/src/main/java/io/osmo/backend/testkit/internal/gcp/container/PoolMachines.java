// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.container;

import com.google.cloud.compute.v1.AcceleratorConfig;
import com.google.cloud.compute.v1.AttachedDisk;
import com.google.cloud.compute.v1.Disk;
import com.google.cloud.compute.v1.Instance;
import com.google.cloud.compute.v1.InstanceGroupManager;
import com.google.cloud.compute.v1.InstanceGroupManagerActionsSummary;
import com.google.cloud.compute.v1.NetworkInterface;
import com.google.cloud.compute.v1.Scheduling;
import com.google.cloud.compute.v1.Subnetwork;
import com.google.container.v1.Cluster;
import com.google.container.v1.NodeConfig;
import com.google.container.v1.NodePool;
import com.google.container.v1.StatusCondition;
import com.google.rpc.Code;
import io.osmo.backend.cluster.IpRange;
import io.osmo.backend.testkit.cluster.EmulatedClusters;
import io.osmo.backend.testkit.fault.Faults;
import io.osmo.backend.testkit.internal.Zones;
import io.osmo.backend.testkit.internal.gcp.GcpProject;
import io.osmo.backend.testkit.internal.gcp.Locations;
import io.osmo.backend.testkit.internal.gcp.ResourceNames;
import io.osmo.backend.testkit.internal.gcp.compute.ComputeResources;
import io.osmo.backend.testkit.internal.gcp.iam.ServiceAccounts;
import io.osmo.backend.testkit.internal.gcp.kms.Kms;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The machines of node pools: instances in Compute, nodes in the cluster. */
final class PoolMachines {
    private static final String POOL_LABEL = "goog-k8s-node-pool-name";
    private static final String CLUSTER_LABEL = "goog-k8s-cluster-name";
    private static final String LOCATION_LABEL = "goog-k8s-cluster-location";

    private final GcpProject project;
    private final ComputeResources compute;
    private final Kms kms;
    private final ServiceAccounts accounts;
    private final PoolJoin join;
    private final MachineQuota quota;
    private final PoolReservations reservations;
    private final Faults faults;
    private final EmulatedClusters kubernetes;
    private int addresses;

    PoolMachines(
            GcpProject project,
            ComputeResources compute,
            Kms kms,
            ServiceAccounts accounts,
            MachineQuota quota,
            Faults faults,
            EmulatedClusters kubernetes) {
        this.project = project;
        this.compute = compute;
        this.kms = kms;
        this.accounts = accounts;
        this.join = new PoolJoin(project, compute, kubernetes);
        this.quota = quota;
        this.reservations = new PoolReservations(project, compute);
        this.faults = faults;
        this.kubernetes = kubernetes;
    }

    void createGroups(Cluster cluster, NodePool pool) {
        for (String url : pool.getInstanceGroupUrlsList()) {
            String path = compute.target(url).orElseThrow();
            if (compute.find(path).isEmpty()) {
                compute.put(
                        path,
                        InstanceGroupManager.newBuilder()
                                .setBaseInstanceName("gke-" + cluster.getName() + "-" + pool.getName())
                                .setTargetSize(0)
                                .setCurrentActions(running(0))
                                .build());
            }
        }
    }

    int size(NodePool pool) {
        return instances(pool).size();
    }

    private Map<String, Instance> instances(NodePool pool) {
        Map<String, Instance> found = new LinkedHashMap<>();
        if (pool.getInstanceGroupUrlsCount() == 0) {
            return found;
        }
        String prefix = prefix(pool);
        compute.all("instances").forEach((path, row) -> {
            if (ResourceNames.last(path).startsWith(prefix)) {
                found.put(path, (Instance) row);
            }
        });
        return found;
    }

    /** What the names of a pool's machines start with: the name of its groups without the ending. */
    private static String prefix(NodePool pool) {
        return ResourceNames.last(pool.getInstanceGroupUrls(0)).replaceFirst("grp$", "");
    }

    /** Lets machines join that are no nodes yet, and writes the nodes again after a change of their pool; returns how many cannot join. */
    int refresh(Cluster cluster, NodePool pool) {
        int outside = 0;
        for (Map.Entry<String, Instance> each : instances(pool).entrySet()) {
            outside += join.join(cluster, pool, each.getKey(), each.getValue()) ? 0 : 1;
        }
        return outside;
    }

    void remove(Cluster cluster, NodePool pool) {
        instances(pool).keySet().forEach(path -> terminate(cluster, path));
        pool.getInstanceGroupUrlsList()
                .forEach(url -> compute.remove(compute.target(url).orElseThrow()));
    }

    void terminate(Cluster cluster, String path) {
        compute.remove(path);
        resize(path, -1);
        compute.remove(path.replace("/instances/", "/disks/"));
        kubernetes
                .find(PoolNodes.apiServer(cluster))
                .ifPresent(apiServer -> apiServer.removeNode(ResourceNames.last(path)));
    }

    /** Counts a machine in its group, which is named like it. */
    private void resize(String path, int machines) {
        String group = path.replace("/instances/", "/instanceGroupManagers/").replaceFirst("[^-]+$", "grp");
        compute.find(group).map(InstanceGroupManager.class::cast).ifPresent(old -> {
            int size = Math.max(0, old.getTargetSize() + machines);
            compute.change(
                    group,
                    old.toBuilder()
                            .setTargetSize(size)
                            .setCurrentActions(running(size))
                            .build());
        });
    }

    private static InstanceGroupManagerActionsSummary running(int machines) {
        return InstanceGroupManagerActionsSummary.newBuilder().setNone(machines).build();
    }

    // ------------------------------------------------------------------------------------------ scaling

    /**
     * Starts or terminates machines until the pool has this many, or returns why it cannot. A machine whose node is not empty yet stays
     * until the next time.
     */
    Optional<StatusCondition> scale(Cluster cluster, NodePool pool, int size) {
        List<String> paths = paths(pool);
        while (paths.size() > size && drained(cluster, paths.get(paths.size() - 1))) {
            terminate(cluster, paths.remove(paths.size() - 1));
        }
        return scaleTo(cluster, pool, paths, size).or(() -> unregistered(cluster, pool));
    }

    /** Takes one step to empty the next machine beyond a size; whether there is one, and it is not empty yet. */
    boolean isHeld(Cluster cluster, NodePool pool, int size) {
        List<String> paths = paths(pool);
        return paths.size() > size && !drained(cluster, paths.get(paths.size() - 1));
    }

    /** What GKE says of machines that run and do not register. */
    private Optional<StatusCondition> unregistered(Cluster cluster, NodePool pool) {
        int all = size(pool);
        int outside = refresh(cluster, pool);
        return outside == 0
                ? Optional.empty()
                : Optional.of(StatusCondition.newBuilder()
                        .setCanonicalCode(Code.INTERNAL)
                        .setMessage("All cluster resources were brought up, but: only " + (all - outside)
                                + " nodes out of " + all
                                + " have registered; this is likely due to Nodes failing to start correctly.")
                        .build());
    }

    private Optional<StatusCondition> scaleTo(Cluster cluster, NodePool pool, List<String> paths, int size) {
        String region = Locations.regionOf(cluster.getLocation());
        Optional<StatusCondition> problem = paths.size() < size ? whyNotAnywhere(cluster, pool) : Optional.empty();
        while (problem.isEmpty() && paths.size() < size) {
            Optional<String> zone = zone(pool, paths);
            problem = exhausted(cluster, pool)
                    .or(() -> quota.missing(region, pool, 1).map(metric -> quotaExceeded(metric, region)))
                    .or(() -> zone.isEmpty() ? Optional.of(noMachine(pool)) : Optional.empty());
            if (problem.isEmpty()) {
                paths.add(start(cluster, pool, zone.orElseThrow()));
            }
        }
        return problem;
    }

    /** Paths of a pool's machines. */
    List<String> paths(NodePool pool) {
        return new ArrayList<>(instances(pool).keySet());
    }

    /** Starts one more machine in addition to the existing ones, or returns why it cannot. */
    Optional<StatusCondition> startOne(Cluster cluster, NodePool pool) {
        List<String> paths = paths(pool);
        return scaleTo(cluster, pool, paths, paths.size() + 1);
    }

    /** One step of draining a machine's node; true when it is empty. */
    boolean drained(Cluster cluster, String path) {
        return kubernetes
                .find(PoolNodes.apiServer(cluster))
                .map(apiServer -> apiServer.drainNode(ResourceNames.last(path)))
                .orElse(true);
    }

    /** Terminates the machines in zones that a pool no longer has. */
    void leaveZones(Cluster cluster, NodePool pool) {
        instances(pool).keySet().stream()
                .filter(path -> !pool.getLocationsList().contains(ResourceNames.scope(path)))
                .forEach(path -> terminate(cluster, path));
    }

    /** What is reserved is held even if there is nothing else. */
    private Optional<String> zone(NodePool pool, List<String> paths) {
        boolean reserved = PoolReservations.of(pool).isPresent();
        return Zones.emptiest(
                pool.getLocationsList(),
                paths.stream().map(ResourceNames::scope),
                zone -> (reserved || !faults.stockedOut(pool.getConfig().getMachineType(), zone))
                        && reservations.problem(pool, zone).isEmpty());
    }

    private StatusCondition noMachine(NodePool pool) {
        return pool.getLocationsList().stream()
                .flatMap(zone -> reservations.problem(pool, zone).stream())
                .findFirst()
                .map(problem -> condition(
                        StatusCondition.Code.GCE_STOCKOUT, "[GCE_STOCKOUT]: Instance creation failed: " + problem))
                .orElseGet(() -> stockOut(pool));
    }

    private StatusCondition quotaExceeded(String metric, String region) {
        return condition(
                StatusCondition.Code.GCE_QUOTA_EXCEEDED,
                "[GCE_QUOTA_EXCEEDED]: Instance creation failed: Quota '" + metric + "' exceeded.  Limit: "
                        + project.quota(metric) + " in region " + region + ".");
    }

    private StatusCondition stockOut(NodePool pool) {
        return condition(
                StatusCondition.Code.GCE_STOCKOUT,
                "[GCE_STOCKOUT]: Instance creation failed: The zone 'projects/" + project.id() + "/zones/"
                        + pool.getLocations(0)
                        + "' does not have enough resources available to fulfill the request.");
    }

    private Optional<StatusCondition> obsolete(String type) {
        return project.isObsolete(type)
                ? Optional.of(refused("The resource 'machineTypes/" + type + "' is obsolete."))
                : Optional.empty();
    }

    /** Why no machine of the pool can be created in any zone. */
    private Optional<StatusCondition> whyNotAnywhere(Cluster cluster, NodePool pool) {
        String account = pool.getConfig().getServiceAccount();
        return faults.machineRefusal()
                .map(refusal -> refused(refusal.code() + ": " + refusal.text()))
                .or(() -> obsolete(pool.getConfig().getMachineType()))
                .or(() -> keyProblem(pool))
                .or(() -> accounts.find(account).isPresent()
                        ? Optional.empty()
                        : Optional.of(refused("The resource '"
                                + project.path("serviceAccounts/" + account)
                                + "' of type 'serviceAccount' was not found.")))
                .or(() -> exhausted(cluster, pool));
    }

    /** A range of the subnet that has no room for another machine. */
    private Optional<StatusCondition> exhausted(Cluster cluster, NodePool pool) {
        String subnet = cluster.getNetworkConfig().getSubnetwork();
        String pods = subnet + "-" + cluster.getIpAllocationPolicy().getClusterSecondaryRangeName();
        return Stream.of(subnet, pods)
                .filter(compute::isFull)
                .map(range -> refused("IP_SPACE_EXHAUSTED: Instance '" + prefix(pool)
                        + "' creation failed: IP space of '" + range + "' is exhausted."))
                .findFirst();
    }

    private static StatusCondition refused(String text) {
        return StatusCondition.newBuilder()
                .setCanonicalCode(Code.FAILED_PRECONDITION)
                .setMessage("Google Compute Engine: " + text)
                .build();
    }

    private Optional<StatusCondition> keyProblem(NodePool pool) {
        String key = pool.getConfig().getBootDiskKmsKey();
        if (key.isEmpty()) {
            return Optional.empty();
        }
        return kms.problem(key, project.serviceAgent("compute-system"))
                .map(problem -> condition(
                        StatusCondition.Code.CLOUD_KMS_KEY_ERROR,
                        "Cloud KMS error when using key " + key + ": " + problem));
    }

    @SuppressWarnings("deprecation") // Callers tell conditions apart by this code.
    private static StatusCondition condition(StatusCondition.Code code, String message) {
        return StatusCondition.newBuilder()
                .setCode(code)
                .setCanonicalCode(Code.RESOURCE_EXHAUSTED)
                .setMessage(message)
                .build();
    }

    // ------------------------------------------------------------------------------------------ instances

    /** Starts one machine, and returns its path. */
    private String start(Cluster cluster, NodePool pool, String zone) {
        String name = prefix(pool) + project.hex(4);
        String path = project.path("zones/" + zone + "/instances/" + name);
        String disk = project.path("zones/" + zone + "/disks/" + name);
        compute.put(
                disk,
                Disk.newBuilder()
                        .setSizeGb(pool.getConfig().getDiskSizeGb())
                        .setType(url(zone, "diskTypes/" + pool.getConfig().getDiskType()))
                        .setStatus("READY")
                        .addUsers(ComputeResources.url(path))
                        .putLabels("goog-gke-node", "")
                        .putLabels(CLUSTER_LABEL, cluster.getName())
                        .build());
        Instance instance = (Instance) compute.put(path, instance(cluster, pool, zone, disk));
        resize(path, 1);
        join.join(cluster, pool, path, instance);
        return path;
    }

    private Instance instance(Cluster cluster, NodePool pool, String zone, String disk) {
        NodeConfig config = pool.getConfig();
        Instance.Builder instance = Instance.newBuilder()
                .setMachineType(url(zone, "machineTypes/" + config.getMachineType()))
                .setStatus("RUNNING")
                .putLabels("goog-gke-node", "")
                .putLabels(CLUSTER_LABEL, cluster.getName())
                .putLabels(LOCATION_LABEL, cluster.getLocation())
                .putLabels(POOL_LABEL, pool.getName())
                .putAllLabels(config.getResourceLabelsMap())
                .addDisks(AttachedDisk.newBuilder()
                        .setBoot(true)
                        .setAutoDelete(true)
                        .setSource(ComputeResources.url(disk)))
                .addNetworkInterfaces(NetworkInterface.newBuilder()
                        .setNetwork(
                                ComputeResources.url(cluster.getNetworkConfig().getNetwork()))
                        .setSubnetwork(
                                ComputeResources.url(cluster.getNetworkConfig().getSubnetwork()))
                        .setNetworkIP(newAddress(cluster)))
                .setScheduling(Scheduling.newBuilder().setProvisioningModel(config.getSpot() ? "SPOT" : "STANDARD"));
        Accelerators.of(pool)
                .forEach((type, count) -> instance.addGuestAccelerators(AcceleratorConfig.newBuilder()
                        .setAcceleratorType(url(zone, "acceleratorTypes/" + type))
                        .setAcceleratorCount(Math.toIntExact(count))));
        PoolReservations.apply(pool, instance);
        return instance.build();
    }

    private String newAddress(Cluster cluster) {
        Subnetwork subnetwork =
                (Subnetwork) compute.get(cluster.getNetworkConfig().getSubnetwork());
        return IpRange.parse(subnetwork.getIpCidrRange()).orElseThrow().addressAt(2L + ++addresses);
    }

    private String url(String zone, String rest) {
        return ComputeResources.url(project.path("zones/" + zone + "/" + rest));
    }
}
