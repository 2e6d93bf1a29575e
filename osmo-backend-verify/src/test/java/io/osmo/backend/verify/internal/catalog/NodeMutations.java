// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog;

import static io.osmo.backend.verify.check.Status.FAIL;
import static io.osmo.backend.verify.check.Status.WARN;
import static io.osmo.backend.verify.internal.catalog.Mutation.node;
import static io.osmo.backend.verify.internal.catalog.Mutation.plant;
import static io.osmo.backend.verify.internal.catalog.Mutation.taint;

import java.util.List;
import java.util.Map;

/** Defects of nodes. */
final class NodeMutations {
    static final List<Mutation> ALL = List.of(
            // Labels.
            plant(
                    "operator node labeled compute",
                    node("operator-1", "node-type", "compute"),
                    "pool.operator.label",
                    WARN,
                    "pool.compute.size",
                    WARN,
                    "osmo.resources-reported",
                    FAIL),
            plant(
                    "compute node without node-type",
                    c -> c.node("cpu-2", n -> n.labels.remove("node-type")),
                    "pool.compute.label",
                    WARN),
            plant(
                    "hostname label of another node",
                    node("cpu-1", "kubernetes.io/hostname", "cpu-0"),
                    "node.hostname-label",
                    FAIL),
            plant(
                    "hostname label missing",
                    c -> c.node("cpu-1", n -> n.labels.remove("kubernetes.io/hostname")),
                    "node.hostname-label",
                    FAIL,
                    "osmo.resources-reported",
                    FAIL),
            plant(
                    "GPU label gone",
                    c -> c.node("gpu-0", n -> n.labels.remove("nvidia.com/gpu.present")),
                    "gpu.present-label",
                    WARN),
            plant("GPU label false", node("gpu-0", "nvidia.com/gpu.present", "false"), "gpu.present-label", WARN),
            plant(
                    "GPU label only on nodes",
                    c -> c.pool("gpu", p -> p.labels.remove("nvidia.com/gpu.present")),
                    "pool.scale-from-zero-template",
                    WARN),
            plant(
                    "GPU label false in the definition of the pool",
                    c -> c.pool("gpu", p -> p.labels.put("nvidia.com/gpu.present", "false")),
                    "pool.scale-from-zero-template",
                    WARN),
            plant(
                    "node of another shard",
                    node("cpu-0", "kai.scheduler/node-pool", "batch"),
                    "node.kai-shard-label",
                    WARN,
                    "kai.shard-covers-nodes",
                    WARN),
            plant(
                    "all compute nodes in one zone",
                    c -> c.nodes.stream()
                            .filter(n -> n.name.startsWith("cpu"))
                            .forEach(n -> n.labels.put("topology.kubernetes.io/zone", "z")),
                    "pool.zone-spread",
                    WARN),
            // Taints.
            plant(
                    "operator node untainted",
                    c -> c.node("operator-0", n -> n.taints = List.of()),
                    "pool.operator.taint",
                    WARN),
            plant("operator taint of another value", taint("operator-0", "ops", "false"), "pool.operator.taint", WARN),
            plant(
                    "GPU node untainted",
                    c -> c.node("gpu-0", n -> n.taints = List.of()),
                    "gpu.taint",
                    WARN,
                    "pool.compute.taint",
                    WARN),
            plant(
                    "GPU taint only on nodes",
                    c -> c.pool("gpu", p -> p.taints = List.of()),
                    "pool.scale-from-zero-template",
                    WARN),
            plant("GPU taint sku=gpu", taint("gpu-0", "sku", "gpu"), "gpu.taint", WARN, "pool.compute.taint", WARN),
            plant(
                    "node not initialized",
                    taint("cpu-0", "node.cloudprovider.kubernetes.io/uninitialized", "true"),
                    "node.transient-taints",
                    WARN),
            plant(
                    "node about to be deleted",
                    taint("cpu-0", "ToBeDeletedByClusterAutoscaler", "1"),
                    "node.transient-taints",
                    WARN),
            // Versions.
            plant(
                    "containerd one patch too old",
                    c -> c.node("cpu-0", n -> n.runtime = "containerd://1.7.26"),
                    "runtime.containerd-version",
                    FAIL),
            plant(
                    "containerd pre-release",
                    c -> c.node("cpu-0", n -> n.runtime = "containerd://1.7.27-rc.1"),
                    "runtime.containerd-version",
                    FAIL),
            plant(
                    "containerd with a known hole",
                    c -> c.node("cpu-0", n -> n.runtime = "containerd://2.0.1"),
                    "runtime.containerd-cve",
                    WARN),
            plant(
                    "another runtime",
                    c -> c.node("cpu-0", n -> n.runtime = "docker://24.0.7"),
                    "runtime.containerd",
                    FAIL),
            plant(
                    "image out of maintenance",
                    c -> c.node("cpu-0", n -> n.osImage = "Ubuntu 20.04.6 LTS"),
                    "runtime.os-image",
                    WARN),
            plant(
                    "machine out of sale",
                    node("gpu-0", "node.kubernetes.io/instance-type", "p2.xlarge"),
                    "pool.compute.instance-type-retired",
                    WARN),
            plant(
                    "processor of another kind",
                    c -> c.node("cpu-0", n -> n.architecture = "ppc64le"),
                    "runtime.arch",
                    FAIL),
            plant("driver too old", node("gpu-0", "nvidia.com/cuda.driver.major", "470"), "gpu.driver-version", FAIL),
            plant(
                    "driver one revision too old",
                    c -> c.node(
                            "gpu-0",
                            n -> n.labels.putAll(Map.of(
                                    "nvidia.com/cuda.driver.major", "535",
                                    "nvidia.com/cuda.driver.minor", "216",
                                    "nvidia.com/cuda.driver.rev", "01"))),
                    "gpu.driver-version",
                    FAIL),
            plant("CUDA too old", node("gpu-0", "nvidia.com/cuda.runtime.major", "11"), "gpu.cuda-version", WARN),
            plant(
                    "KAI of another age",
                    c -> c.deployments.stream()
                            .filter(d -> d.namespace().equals("kai-scheduler"))
                            .toList()
                            .forEach(d -> c.image(d.name(), "r/kai-scheduler/x:v0.11.9")),
                    "kai.version",
                    WARN),
            plant(
                    "operator image without tag",
                    c -> c.image("osmo-osmo-backend-listener", "registry.example.com/backend-listener"),
                    "registry.tag-pinned",
                    WARN));

    private NodeMutations() {}
}
