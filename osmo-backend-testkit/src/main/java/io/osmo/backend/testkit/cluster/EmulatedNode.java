// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cluster;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A machine that has joined an emulated cluster.
 *
 * @param kubeletVersion such as {@code v1.35.3-eks-113cf36}
 * @param labels labels of its pool; the well-known ones are added
 * @param cpus virtual CPUs
 * @param memoryGib memory as sold; the node reports less, as kernel and firmware keep some
 * @param maxPods pods that the kubelet admits
 * @param diskGib root disk
 * @param gpus GPUs in the machine; they show as {@code nvidia.com/gpu} only once a device plugin runs
 * @param gpusAdvertised whether a device plugin of the service itself runs on this machine
 */
public record EmulatedNode(
        String name,
        String providerId,
        String instanceType,
        String region,
        String zone,
        String architecture,
        String address,
        String kubeletVersion,
        Map<String, String> labels,
        List<Taint> taints,
        int cpus,
        int memoryGib,
        int maxPods,
        int diskGib,
        int gpus,
        NodeImage image,
        boolean gpusAdvertised) {
    /** A machine on which the service runs no device plugin. */
    public EmulatedNode(
            String name,
            String providerId,
            String instanceType,
            String region,
            String zone,
            String architecture,
            String address,
            String kubeletVersion,
            Map<String, String> labels,
            List<Taint> taints,
            int cpus,
            int memoryGib,
            int maxPods,
            int diskGib,
            int gpus,
            NodeImage image) {
        this(
                name,
                providerId,
                instanceType,
                region,
                zone,
                architecture,
                address,
                kubeletVersion,
                labels,
                taints,
                cpus,
                memoryGib,
                maxPods,
                diskGib,
                gpus,
                image,
                false);
    }

    /** A taint in the Kubernetes spelling. */
    public record Taint(String key, String value, String effect) {}

    /** The Node object; quantities as the kubelet writes them. */
    Map<String, Object> manifest(Distribution distribution, boolean devicePlugin) {
        Map<String, String> allLabels = new LinkedHashMap<>(labels);
        allLabels.put("beta.kubernetes.io/arch", architecture);
        allLabels.put("kubernetes.io/arch", architecture);
        allLabels.put("kubernetes.io/os", "linux");
        allLabels.put("kubernetes.io/hostname", name);
        allLabels.put("node.kubernetes.io/instance-type", instanceType);
        allLabels.put("topology.kubernetes.io/region", region);
        allLabels.put("topology.kubernetes.io/zone", zone);
        allLabels.put(distribution.volumeTopology(), zone);
        // What the hypervisor and the kernel keep was measured at 2 to 4 per cent on EC2.
        long memoryKi = (long) (memoryGib * 1024L * 1024L * 0.965);
        long reservedKi = distribution.reservedMib(memoryGib, maxPods) * 1024L;
        long reservedMillis = distribution.reservedMillis(cpus);
        Map<String, Object> capacity = new LinkedHashMap<>();
        capacity.put("cpu", String.valueOf(cpus));
        capacity.put("memory", memoryKi + "Ki");
        capacity.put("pods", String.valueOf(maxPods));
        capacity.put("ephemeral-storage", diskGib * 1024L * 1024L - 20_480 + "Ki");
        Map<String, Object> allocatable = new LinkedHashMap<>(capacity);
        allocatable.put("cpu", cpus * 1000L - reservedMillis + "m");
        allocatable.put("memory", memoryKi - reservedKi + "Ki");
        allocatable.put("ephemeral-storage", String.valueOf((long) (diskGib * 1024L * 1024L * 1024L * 0.89)));
        if (gpus > 0 && (devicePlugin || gpusAdvertised)) {
            capacity.put("nvidia.com/gpu", String.valueOf(gpus));
            allocatable.put("nvidia.com/gpu", String.valueOf(gpus));
        }
        Map<String, Object> spec = new LinkedHashMap<>();
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
                Map.of("name", name, "labels", allLabels),
                "spec",
                spec,
                "status",
                Map.of(
                        "capacity", capacity,
                        "allocatable", allocatable,
                        "addresses",
                                List.of(
                                        Map.of("type", "InternalIP", "address", address),
                                        Map.of("type", "Hostname", "address", name)),
                        "conditions",
                                List.of(
                                        condition("MemoryPressure", "False", "KubeletHasSufficientMemory"),
                                        condition("DiskPressure", "False", "KubeletHasNoDiskPressure"),
                                        condition("PIDPressure", "False", "KubeletHasSufficientPID"),
                                        condition("Ready", "True", "KubeletReady")),
                        "nodeInfo",
                                Map.of(
                                        "architecture",
                                        architecture,
                                        "operatingSystem",
                                        "linux",
                                        "osImage",
                                        image.osImage(),
                                        "kernelVersion",
                                        image.kernel(),
                                        "containerRuntimeVersion",
                                        image.runtime(),
                                        "kubeletVersion",
                                        kubeletVersion,
                                        "kubeProxyVersion",
                                        "",
                                        "machineID",
                                        distribution.manager() + Integer.toHexString(name.hashCode()),
                                        "systemUUID",
                                        distribution.manager() + Integer.toHexString(providerId.hashCode()),
                                        "bootID",
                                        Integer.toHexString(name.hashCode()))));
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
