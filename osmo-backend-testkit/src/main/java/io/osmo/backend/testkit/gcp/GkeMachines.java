// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.gcp;

import com.google.cloud.compute.v1.AttachedDisk;
import com.google.cloud.compute.v1.Disk;
import com.google.cloud.compute.v1.Instance;
import com.google.cloud.compute.v1.InstanceGroupManager;
import com.google.cloud.compute.v1.NetworkInterface;
import com.google.cloud.compute.v1.Scheduling;
import com.google.cloud.compute.v1.Subnetwork;
import com.google.container.v1.AcceleratorConfig;
import com.google.container.v1.Cluster;
import com.google.container.v1.GPUDriverInstallationConfig.GPUDriverVersion;
import com.google.container.v1.NodeConfig;
import com.google.container.v1.NodePool;
import com.google.container.v1.NodeTaint;
import com.google.container.v1.StatusCondition;
import com.google.protobuf.Message;
import inet.ipaddr.IPAddressString;
import io.osmo.backend.testkit.cluster.EmulatedCluster;
import io.osmo.backend.testkit.cluster.EmulatedClusters;
import io.osmo.backend.testkit.cluster.EmulatedNode;
import io.osmo.backend.testkit.cluster.NodeImage;
import io.osmo.backend.testkit.fault.Faults;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The machines of node pools, which Compute shows as instances and the cluster as nodes. */
final class GkeMachines {
    private static final String POOL_LABEL = "goog-k8s-node-pool-name";
    private static final String CLUSTER_LABEL = "goog-k8s-cluster-name";

    private final GcpProject project;
    private final ComputeResources compute;
    private final EmulatedKms kms;
    private final Faults faults;
    private final EmulatedClusters kubernetes;
    private int addresses;

    GkeMachines(
            GcpProject project, ComputeResources compute, EmulatedKms kms, Faults faults, EmulatedClusters kubernetes) {
        this.project = project;
        this.compute = compute;
        this.kms = kms;
        this.faults = faults;
        this.kubernetes = kubernetes;
    }

    // ------------------------------------------------------------------------------------------ quotas

    /** How much is used of a metric in a region. */
    double usage(String region, String metric) {
        return compute.all("instances").entrySet().stream()
                .filter(e -> e.getKey().contains("/zones/" + region + "-"))
                .mapToDouble(e -> demand((Instance) e.getValue(), metric))
                .sum();
    }

    private static double demand(Instance instance, String metric) {
        MachineFacts machine = facts(ComputeResources.nameOf(instance.getMachineType()));
        boolean spot = instance.getScheduling().getProvisioningModel().equals("SPOT");
        return demand(
                machine,
                instance.getGuestAcceleratorsList().stream()
                        .collect(
                                HashMap::new,
                                (m, a) -> m.put(ComputeResources.nameOf(a.getAcceleratorType()), (long)
                                        a.getAcceleratorCount()),
                                Map::putAll),
                spot,
                metric);
    }

    private static double demand(MachineFacts machine, Map<String, Long> gpus, boolean spot, String metric) {
        if (metric.equals(machine.quota())) {
            return machine.cpus();
        }
        double sum = 0;
        for (Map.Entry<String, Long> gpu : gpus.entrySet()) {
            String own = (spot ? "PREEMPTIBLE_" : "")
                    + MachineFacts.accelerator(gpu.getKey()).quota();
            sum += own.equals(metric) ? gpu.getValue() : 0;
        }
        return sum;
    }

    private static Map<String, Long> gpus(NodePool pool) {
        Map<String, Long> gpus = new TreeMap<>();
        for (AcceleratorConfig accelerator : pool.getConfig().getAcceleratorsList()) {
            gpus.merge(accelerator.getAcceleratorType(), accelerator.getAcceleratorCount(), Long::sum);
        }
        return gpus;
    }

    private static MachineFacts facts(String machine) {
        return MachineFacts.find(machine).orElseThrow();
    }

    /** The metric of which there is not enough for so many more machines. */
    private Optional<String> shortOf(String region, NodePool pool, int machines) {
        MachineFacts machine = facts(pool.getConfig().getMachineType());
        Map<String, Long> gpus = gpus(pool);
        List<String> metrics = new ArrayList<>();
        if (!machine.quota().isEmpty()) {
            metrics.add(machine.quota());
        }
        gpus.keySet()
                .forEach(type -> metrics.add((pool.getConfig().getSpot() ? "PREEMPTIBLE_" : "")
                        + MachineFacts.accelerator(type).quota()));
        return metrics.stream()
                .filter(metric -> usage(region, metric)
                                + machines
                                        * demand(machine, gpus, pool.getConfig().getSpot(), metric)
                        > project.quota(metric))
                .findFirst();
    }

    /** Refuses what a region has no quota for. */
    void requireQuota(Cluster cluster, NodePool pool, int machines) {
        String region = GkeClusters.region(cluster.getLocation());
        shortOf(region, pool, machines).ifPresent(metric -> {
            double wanted = machines
                    * demand(
                            facts(pool.getConfig().getMachineType()),
                            gpus(pool),
                            pool.getConfig().getSpot(),
                            metric);
            double free = project.quota(metric) - usage(region, metric);
            throw GcpError.quota("Insufficient regional quota to satisfy request: resource \"" + metric
                    + "\": request requires '" + wanted + "' and is short '" + (wanted - free)
                    + "'. project has a quota of '" + project.quota(metric) + "' with '" + free + "' available.");
        });
    }

    // ------------------------------------------------------------------------------------------ scaling

    void createGroups(Cluster cluster, NodePool pool) {
        for (String url : pool.getInstanceGroupUrlsList()) {
            compute.put(
                    compute.target(url).orElseThrow(),
                    InstanceGroupManager.newBuilder()
                            .setBaseInstanceName(stem(cluster, pool))
                            .setTargetSize(0)
                            .build());
        }
    }

    int size(NodePool pool) {
        return instances(pool).size();
    }

    private Map<String, Instance> instances(NodePool pool) {
        Map<String, Instance> found = new LinkedHashMap<>();
        String prefix = prefix(pool);
        compute.all("instances").forEach((path, row) -> {
            if (ComputeResources.nameOf(path).startsWith(prefix)) {
                found.put(path, (Instance) row);
            }
        });
        return found;
    }

    /** What the names of a pool's machines begin with: the name of its groups without the ending. */
    private static String prefix(NodePool pool) {
        return ComputeResources.nameOf(pool.getInstanceGroupUrls(0)).replaceFirst("grp$", "");
    }

    private static String stem(Cluster cluster, NodePool pool) {
        return "gke-" + cluster.getName() + "-" + pool.getName();
    }

    /** Launches or terminates until the pool has so many machines, or says why it cannot. */
    Optional<StatusCondition> scale(Cluster cluster, NodePool pool, int size) {
        Map<String, Instance> running = instances(pool);
        List<String> paths = new ArrayList<>(running.keySet());
        while (paths.size() > size) {
            terminate(cluster, paths.remove(paths.size() - 1));
        }
        Optional<StatusCondition> problem = keyProblem(pool);
        while (problem.isEmpty() && paths.size() < size) {
            String region = GkeClusters.region(cluster.getLocation());
            Optional<String> metric = shortOf(region, pool, 1);
            Optional<String> zone = zone(pool, paths);
            if (metric.isPresent()) {
                problem = Optional.of(condition(
                        StatusCondition.Code.GCE_QUOTA_EXCEEDED,
                        "[GCE_QUOTA_EXCEEDED]: Instance creation failed: Quota '" + metric.get()
                                + "' exceeded.  Limit: " + project.quota(metric.get()) + " in region " + region + "."));
            } else if (zone.isEmpty()) {
                problem = Optional.of(condition(
                        StatusCondition.Code.GCE_STOCKOUT,
                        "[GCE_STOCKOUT]: Instance creation failed: The zone 'projects/" + project.id() + "/zones/"
                                + pool.getLocations(0)
                                + "' does not have enough resources available to fulfill the request."));
            } else {
                paths.add(run(cluster, pool, zone.get()));
            }
        }
        return problem;
    }

    @SuppressWarnings("deprecation") // The code is what callers tell conditions apart by.
    private static StatusCondition condition(StatusCondition.Code code, String message) {
        return StatusCondition.newBuilder()
                .setCode(code)
                .setCanonicalCode(com.google.rpc.Code.RESOURCE_EXHAUSTED)
                .setMessage(message)
                .build();
    }

    private Optional<StatusCondition> keyProblem(NodePool pool) {
        String key = pool.getConfig().getBootDiskKmsKey();
        if (key.isEmpty()) {
            return Optional.empty();
        }
        return kms.problem(
                        key, "serviceAccount:service-" + project.number() + "@compute-system.iam.gserviceaccount.com")
                .map(problem -> condition(
                        StatusCondition.Code.CLOUD_KMS_KEY_ERROR,
                        "Cloud KMS error when using key " + key + ": " + problem));
    }

    /** The emptiest zone that has the machine. */
    private Optional<String> zone(NodePool pool, List<String> running) {
        Map<String, Integer> load = new HashMap<>();
        running.forEach(path -> load.merge(path.split("/", -1)[3], 1, Integer::sum));
        return pool.getLocationsList().stream()
                .filter(zone -> !faults.isStockedOut(pool.getConfig().getMachineType(), zone))
                .min(Comparator.comparingInt(zone -> load.getOrDefault(zone, 0)));
    }

    private String run(Cluster cluster, NodePool pool, String zone) {
        String name = prefix(pool) + project.hex(4);
        String path = compute.projectPath("zones/" + zone + "/instances/" + name);
        String disk = compute.projectPath("zones/" + zone + "/disks/" + name);
        Subnetwork subnetwork =
                (Subnetwork) compute.get(cluster.getNetworkConfig().getSubnetwork());
        String address = new IPAddressString(subnetwork.getIpCidrRange())
                .getAddress()
                .getLower()
                .withoutPrefixLength()
                .increment(2L + ++addresses)
                .toString();
        NodeConfig config = pool.getConfig();
        compute.put(
                disk,
                Disk.newBuilder()
                        .setSizeGb(config.getDiskSizeGb())
                        .setType(ComputeResources.url(
                                compute.projectPath("zones/" + zone + "/diskTypes/" + config.getDiskType())))
                        .setStatus("READY")
                        .addUsers(ComputeResources.url(path))
                        .putLabels("goog-gke-node", "")
                        .putLabels(CLUSTER_LABEL, cluster.getName())
                        .build());
        Instance.Builder instance = Instance.newBuilder()
                .setMachineType(ComputeResources.url(
                        compute.projectPath("zones/" + zone + "/machineTypes/" + config.getMachineType())))
                .setStatus("RUNNING")
                .putLabels("goog-gke-node", "")
                .putLabels(CLUSTER_LABEL, cluster.getName())
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
                        .setNetworkIP(address))
                .setScheduling(Scheduling.newBuilder().setProvisioningModel(config.getSpot() ? "SPOT" : "STANDARD"));
        gpus(pool)
                .forEach((type, count) ->
                        instance.addGuestAccelerators(com.google.cloud.compute.v1.AcceleratorConfig.newBuilder()
                                .setAcceleratorType(ComputeResources.url(
                                        compute.projectPath("zones/" + zone + "/acceleratorTypes/" + type)))
                                .setAcceleratorCount((int) (long) count)));
        Message stored = compute.put(path, instance.build());
        kubernetes(cluster).addNode(node(cluster, pool, (Instance) stored, zone));
        return path;
    }

    private void terminate(Cluster cluster, String path) {
        compute.remove(path);
        compute.remove(path.replace("/instances/", "/disks/"));
        kubernetes.find(name(cluster)).ifPresent(k -> k.removeNode(ComputeResources.nameOf(path)));
    }

    void remove(Cluster cluster, NodePool pool) {
        instances(pool).keySet().forEach(path -> terminate(cluster, path));
        pool.getInstanceGroupUrlsList()
                .forEach(url -> compute.remove(compute.target(url).orElseThrow()));
    }

    void refresh(Cluster cluster, NodePool pool) {
        instances(pool)
                .forEach((path, instance) ->
                        kubernetes(cluster).addNode(node(cluster, pool, instance, path.split("/", -1)[3])));
    }

    private static String name(Cluster cluster) {
        return cluster.getLocation() + "-" + cluster.getName();
    }

    private EmulatedCluster kubernetes(Cluster cluster) {
        return kubernetes.get(name(cluster));
    }

    // ------------------------------------------------------------------------------------------ nodes

    private EmulatedNode node(Cluster cluster, NodePool pool, Instance instance, String zone) {
        NodeConfig config = pool.getConfig();
        MachineFacts machine = facts(config.getMachineType());
        int gpus = (int) gpus(pool).values().stream().mapToLong(Long::longValue).sum();
        boolean cos = config.getImageType().equals("COS_CONTAINERD");
        return new EmulatedNode(
                instance.getName(),
                "gce://" + project.id() + "/" + zone + "/" + instance.getName(),
                machine.name(),
                GkeClusters.region(cluster.getLocation()),
                zone,
                machine.arm() ? "arm64" : "amd64",
                instance.getNetworkInterfaces(0).getNetworkIP(),
                "v" + pool.getVersion(),
                labels(cluster, pool, gpus > 0),
                config.getTaintsList().stream().map(GkeMachines::taint).toList(),
                machine.cpus(),
                machine.memoryGib(),
                (int) pool.getMaxPodsConstraint().getMaxPodsPerNode(),
                config.getDiskSizeGb(),
                gpus,
                new NodeImage(
                        cos ? "Container-Optimized OS from Google" : "Ubuntu 24.04.3 LTS",
                        cos ? "6.12.42+" : "6.8.0-1039-gke",
                        GkeVersions.containerd(pool.getVersion())),
                gpus > 0 && advertisesGpus(pool));
    }

    /** GKE runs its own device plugin where it installs the driver, unless a label of the pool keeps it away. */
    private static boolean advertisesGpus(NodePool pool) {
        boolean installs = pool.getConfig().getAcceleratorsList().stream()
                .noneMatch(a -> a.getGpuDriverInstallationConfig().getGpuDriverVersion()
                        == GPUDriverVersion.INSTALLATION_DISABLED);
        return installs
                && !"true".equals(pool.getConfig().getLabelsMap().get("gke-no-default-nvidia-gpu-device-plugin"));
    }

    private static Map<String, String> labels(Cluster cluster, NodePool pool, boolean gpu) {
        NodeConfig config = pool.getConfig();
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("cloud.google.com/gke-nodepool", pool.getName());
        labels.put("cloud.google.com/gke-boot-disk", config.getDiskType());
        labels.put("cloud.google.com/gke-container-runtime", "containerd");
        labels.put("cloud.google.com/gke-os-distribution", config.getImageType().startsWith("COS") ? "cos" : "ubuntu");
        labels.put("cloud.google.com/machine-family", config.getMachineType().split("-", 2)[0]);
        labels.put("cloud.google.com/gke-provisioning", config.getSpot() ? "spot" : "standard");
        labels.put(
                "cloud.google.com/gke-max-pods-per-node",
                String.valueOf(pool.getMaxPodsConstraint().getMaxPodsPerNode()));
        if (config.getSpot()) {
            labels.put("cloud.google.com/gke-spot", "true");
        }
        if (cluster.hasWorkloadIdentityConfig()) {
            labels.put("iam.gke.io/gke-metadata-server-enabled", "true");
        }
        if (gpu) {
            AcceleratorConfig accelerator = config.getAccelerators(0);
            labels.put("cloud.google.com/gke-accelerator", accelerator.getAcceleratorType());
            labels.put("cloud.google.com/gke-accelerator-count", String.valueOf(accelerator.getAcceleratorCount()));
            labels.put("cloud.google.com/gke-gpu", "true");
            GPUDriverVersion driver =
                    accelerator.getGpuDriverInstallationConfig().getGpuDriverVersion();
            if (driver != GPUDriverVersion.INSTALLATION_DISABLED) {
                labels.put(
                        "cloud.google.com/gke-gpu-driver-version", driver.name().toLowerCase(Locale.ROOT));
            }
        }
        labels.putAll(config.getLabelsMap());
        return labels;
    }

    private static EmulatedNode.Taint taint(NodeTaint taint) {
        return new EmulatedNode.Taint(
                taint.getKey(),
                taint.getValue(),
                switch (taint.getEffect()) {
                    case NO_EXECUTE -> "NoExecute";
                    case PREFER_NO_SCHEDULE -> "PreferNoSchedule";
                    default -> "NoSchedule";
                });
    }
}
