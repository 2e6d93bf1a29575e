// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.container;

import com.google.cloud.compute.v1.Instance;
import com.google.container.v1.AcceleratorConfig;
import com.google.container.v1.Cluster;
import com.google.container.v1.GPUDriverInstallationConfig.GPUDriverVersion;
import com.google.container.v1.NodeConfig;
import com.google.container.v1.NodePool;
import com.google.container.v1.NodeTaint;
import io.osmo.backend.testkit.cluster.EmulatedNode;
import io.osmo.backend.testkit.cluster.NodeImage;
import io.osmo.backend.testkit.internal.gcp.GcpProject;
import io.osmo.backend.testkit.internal.gcp.Locations;
import io.osmo.backend.testkit.internal.gcp.compute.MachineFacts;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The nodes that machines become in their cluster. */
final class PoolNodes {
    private PoolNodes() {}

    /** Name of a cluster's API server among the emulated ones. */
    static String apiServer(Cluster cluster) {
        return cluster.getLocation() + "-" + cluster.getName();
    }

    static EmulatedNode node(GcpProject project, Cluster cluster, NodePool pool, Instance instance, String zone) {
        NodeConfig config = pool.getConfig();
        MachineFacts machine = MachineFacts.get(config.getMachineType());
        int gpus = (int) Accelerators.of(pool).values().stream()
                .mapToLong(Long::longValue)
                .sum();
        boolean cos = config.getImageType().equals("COS_CONTAINERD");
        return new EmulatedNode(
                instance.getName(),
                "gce://" + project.id() + "/" + zone + "/" + instance.getName(),
                new EmulatedNode.Place(
                        Locations.regionOf(cluster.getLocation()),
                        zone,
                        instance.getNetworkInterfaces(0).getNetworkIP()),
                new EmulatedNode.Machine(
                        machine.name(),
                        machine.arm() ? "arm64" : "amd64",
                        machine.cpus(),
                        machine.memoryGib(),
                        config.getDiskSizeGb(),
                        gpus),
                new NodeImage(
                        cos ? "Container-Optimized OS from Google" : "Ubuntu 24.04.3 LTS",
                        cos ? "6.12.42+" : "6.8.0-1039-gke",
                        Versions.containerd(pool.getVersion())),
                new EmulatedNode.Kubelet("v" + pool.getVersion(), (int)
                        pool.getMaxPodsConstraint().getMaxPodsPerNode()),
                labels(cluster, pool),
                config.getTaintsList().stream().map(PoolNodes::taint).toList(),
                Accelerators.advertisedByGke(config));
    }

    private static Map<String, String> labels(Cluster cluster, NodePool pool) {
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
        if (config.getAcceleratorsCount() > 0) {
            AcceleratorConfig accelerator = config.getAccelerators(0);
            labels.put("cloud.google.com/gke-accelerator", accelerator.getAcceleratorType());
            labels.put("cloud.google.com/gke-accelerator-count", String.valueOf(accelerator.getAcceleratorCount()));
            labels.put("cloud.google.com/gke-gpu", "true");
            GPUDriverVersion driver = Accelerators.driver(accelerator);
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
