// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cluster;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A machine that has joined an emulated cluster.
 *
 * @param labels labels of its pool; the well-known ones are added
 * @param gpusAdvertised whether the service itself runs a device plugin on this machine; otherwise its GPUs appear as {@code
 *     nvidia.com/gpu} once a device plugin runs in the cluster
 */
public record EmulatedNode(
        String name,
        String providerId,
        Place place,
        Machine machine,
        NodeImage image,
        Kubelet kubelet,
        Map<String, String> labels,
        List<Taint> taints,
        boolean gpusAdvertised) {
    /** Where the machine is. */
    public record Place(String region, String zone, String address) {}

    /**
     * The hardware of the machine.
     *
     * @param type instance type
     * @param architecture such as {@code amd64}
     * @param cpus virtual CPUs
     * @param memoryGib nominal memory in GiB; the node reports less, because kernel and firmware use some
     * @param diskGib root disk
     */
    public record Machine(String type, String architecture, int cpus, int memoryGib, int diskGib, int gpus) {}

    /**
     * The kubelet.
     *
     * @param version such as {@code v1.35.3-eks-113cf36}
     * @param maxPods maximum number of pods
     */
    public record Kubelet(String version, int maxPods) {}

    /** A taint in the Kubernetes spelling. */
    public record Taint(String key, String value, String effect) {}

    public String zone() {
        return place.zone();
    }

    /** The Node object, with quantities as the kubelet writes them. */
    Map<String, Object> manifest(Distribution distribution, boolean devicePlugin, boolean cordoned) {
        Map<String, Object> spec = new LinkedHashMap<>();
        if (cordoned) {
            spec.put("unschedulable", true);
        }
        spec.put("providerID", providerId);
        if (!taints.isEmpty()) {
            spec.put("taints", taints.stream().map(EmulatedNode::toMap).toList());
        }
        return Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Node",
                "metadata",
                Map.of("name", name, "labels", allLabels(distribution)),
                "spec",
                spec,
                "status",
                status(distribution, devicePlugin));
    }

    Map<String, String> allLabels(Distribution distribution) {
        Map<String, String> all = new LinkedHashMap<>(labels);
        all.put("beta.kubernetes.io/arch", machine.architecture());
        all.put("kubernetes.io/arch", machine.architecture());
        all.put("kubernetes.io/os", "linux");
        all.put("kubernetes.io/hostname", name);
        all.put("node.kubernetes.io/instance-type", machine.type());
        all.put("topology.kubernetes.io/region", place.region());
        all.put("topology.kubernetes.io/zone", place.zone());
        all.put(distribution.volumeTopology(), place.zone());
        return all;
    }

    private Map<String, Object> status(Distribution distribution, boolean devicePlugin) {
        // The hypervisor and the kernel keep 2 to 4 per cent, as measured on EC2.
        long memoryKi = (long) (machine.memoryGib() * 1024L * 1024L * 0.965);
        long reservedKi = distribution.reservedMib(machine.memoryGib(), kubelet.maxPods()) * 1024L;
        long reservedMillis = distribution.reservedMillis(machine.cpus());
        Map<String, Object> capacity = new LinkedHashMap<>();
        capacity.put("cpu", String.valueOf(machine.cpus()));
        capacity.put("memory", memoryKi + "Ki");
        capacity.put("pods", String.valueOf(kubelet.maxPods()));
        capacity.put("ephemeral-storage", machine.diskGib() * 1024L * 1024L - 20_480 + "Ki");
        Map<String, Object> allocatable = new LinkedHashMap<>(capacity);
        allocatable.put("cpu", machine.cpus() * 1000L - reservedMillis + "m");
        allocatable.put("memory", memoryKi - reservedKi + "Ki");
        allocatable.put("ephemeral-storage", String.valueOf((long) (machine.diskGib() * 1024L * 1024L * 1024L * 0.89)));
        if (machine.gpus() > 0 && (devicePlugin || gpusAdvertised)) {
            capacity.put("nvidia.com/gpu", String.valueOf(machine.gpus()));
            allocatable.put("nvidia.com/gpu", String.valueOf(machine.gpus()));
        }
        return Map.of(
                "capacity", capacity,
                "allocatable", allocatable,
                "addresses",
                        List.of(
                                Map.of("type", "InternalIP", "address", place.address()),
                                Map.of("type", "Hostname", "address", name)),
                "conditions",
                        List.of(
                                condition("MemoryPressure", "False", "KubeletHasSufficientMemory"),
                                condition("DiskPressure", "False", "KubeletHasNoDiskPressure"),
                                condition("PIDPressure", "False", "KubeletHasSufficientPID"),
                                condition("Ready", "True", "KubeletReady")),
                "nodeInfo", nodeInfo(distribution));
    }

    private Map<String, Object> nodeInfo(Distribution distribution) {
        return Map.of(
                "architecture", machine.architecture(),
                "operatingSystem", "linux",
                "osImage", image.osImage(),
                "kernelVersion", image.kernel(),
                "containerRuntimeVersion", image.runtime(),
                "kubeletVersion", kubelet.version(),
                "kubeProxyVersion", "",
                "machineID", distribution.manager() + Integer.toHexString(name.hashCode()),
                "systemUUID", distribution.manager() + Integer.toHexString(providerId.hashCode()),
                "bootID", Integer.toHexString(name.hashCode()));
    }

    private static Map<String, Object> condition(String type, String status, String reason) {
        return Map.of("type", type, "status", status, "reason", reason, "message", "");
    }

    private static Map<String, Object> toMap(Taint taint) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("key", taint.key());
        if (!taint.value().isEmpty()) {
            map.put("value", taint.value());
        }
        map.put("effect", taint.effect());
        return map;
    }
}
