// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.pool;

import static io.osmo.backend.verify.check.Status.FAIL;
import static io.osmo.backend.verify.check.Status.PASS;
import static io.osmo.backend.verify.check.Status.SKIPPED;
import static io.osmo.backend.verify.check.Status.WARN;
import static io.osmo.backend.verify.fixture.Defect.defect;

import io.osmo.backend.cluster.CloudFacts.NodeImage;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spec.Scale;
import io.osmo.backend.spec.Taint;
import io.osmo.backend.verify.fixture.Clusters;
import io.osmo.backend.verify.fixture.Defect;
import io.osmo.backend.verify.fixture.KubeObjects;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One defect for each check of node pools that needs no probe. */
public final class PoolDefects {
    public static final List<Defect> ALL = List.of(
            defect("pool.quota", WARN, c -> c.vcpuLimit = Fact.of(100L), "cloudQuotas"),
            defect(
                    "pool.compute.accelerator-mapping",
                    FAIL,
                    Clusters::goodGke,
                    c -> c.pool("gpu", p -> p.gpus = 0),
                    Map.of("gpu.pool-exists", FAIL),
                    "pools"),
            defect(
                    "pool.operator.exists",
                    FAIL,
                    c -> c.nodes.removeIf(n -> n.name.startsWith("operator")),
                    Map.of("operator.on-operator-nodes", WARN),
                    "nodes"),
            defect(
                    "pool.operator.min-ready",
                    FAIL,
                    c -> c.nodes.stream()
                            .filter(n -> n.name.startsWith("operator"))
                            .forEach(n -> n.cordoned = true),
                    Map.of("node.ready", FAIL),
                    "nodes"),
            defect("pool.operator.cpu", FAIL, c -> c.node("operator-1", n -> n.capacity.put("cpu", "2")), "nodes"),
            defect(
                    "pool.operator.memory",
                    FAIL,
                    c -> c.node("operator-1", n -> n.capacity.put("memory", "7000000Ki")),
                    "nodes"),
            defect("pool.operator.disk", FAIL, c -> c.pool("operator", p -> p.diskGib = Fact.of(20)), "pools"),
            defect(
                    "pool.operator.disk-allocatable",
                    WARN,
                    c -> c.node("operator-0", n -> n.capacity.put("ephemeral-storage", "20959212Ki")),
                    "nodes"),
            defect(
                    "pool.operator.no-gpu",
                    WARN,
                    c -> c.node("operator-0", n -> n.labels.put("node.kubernetes.io/instance-type", "g6.xlarge")),
                    Map.of("gpu.allocatable", FAIL, "gpu.taint", WARN, "gpu.present-label", WARN),
                    "nodes"),
            defect(
                    "pool.operator.instance-type",
                    WARN,
                    c -> c.node("operator-0", n -> n.labels.put("node.kubernetes.io/instance-type", "t3.xlarge")),
                    "nodes"),
            defect(
                    "pool.operator.autoscaling",
                    WARN,
                    c -> c.pool("operator", p -> p.scale = new Scale(1, 2, 1)),
                    "pools"),
            defect(
                    "pool.operator.label-persistent",
                    WARN,
                    c -> c.pool("operator", p -> p.labels.remove("node-type")),
                    "pools"),
            defect(
                    "pool.operator.label",
                    WARN,
                    c -> c.node("operator-1", n -> n.labels.put("node-type", "compute")),
                    Map.of("pool.compute.size", WARN, "osmo.resources-reported", FAIL),
                    "nodes"),
            defect("pool.operator.taint", WARN, c -> c.node("operator-1", n -> n.taints = List.of()), "nodes"),
            defect(
                    "pool.isolation-from-operator",
                    WARN,
                    c -> c.pods.add(KubeObjects.pod("osmo-workflows", "stray", "operator-0", "Running", "", 0, "")),
                    "pods"),
            defect(
                    "pool.zone-spread",
                    WARN,
                    c -> c.nodes.stream()
                            .filter(n -> n.name.startsWith("cpu"))
                            .forEach(n -> n.labels.put("topology.kubernetes.io/zone", "us-west-2a")),
                    "nodes"),
            defect(
                    "pool.compute.exists",
                    FAIL,
                    c -> {
                        c.nodes.removeIf(n -> !n.name.startsWith("operator"));
                        c.pools.removeIf(p -> !p.name.equals("operator"));
                    },
                    Map.of("gpu.pool-exists", FAIL),
                    "nodes"),
            defect("pool.compute.label", WARN, c -> c.node("cpu-2", n -> n.labels.remove("node-type")), "nodes"),
            defect("pool.compute.autoscaling", WARN, c -> c.pool("cpu", p -> p.scale = new Scale(4, 4, 4)), "pools"),
            defect("pool.compute.size", WARN, c -> c.node("cpu-2", n -> n.capacity.put("cpu", "4")), "nodes"),
            defect(
                    "pool.compute.usable-cpu",
                    FAIL,
                    c -> c.pods.add(
                            KubeObjects.pod("monitoring", "greedy", "cpu-2", "Running", "ReplicaSet", 5951, "")),
                    "pods"),
            defect(
                    "pool.compute.taint",
                    WARN,
                    c -> c.node("gpu-0", n -> n.taints = List.of()),
                    Map.of("gpu.taint", WARN, "pool.compute.isolation", SKIPPED),
                    "nodes"),
            defect(
                    "pool.compute.isolation",
                    WARN,
                    c -> c.pods.add(
                            KubeObjects.pod("kube-system", "coredns-2", "gpu-0", "Running", "ReplicaSet", 0, "")),
                    "pods"),
            defect(
                    "pool.compute.instance-type-retired",
                    WARN,
                    c -> c.node("gpu-0", n -> n.labels.put("node.kubernetes.io/instance-type", "p3.2xlarge")),
                    "nodes"),
            defect(
                    "pool.autoscaler-present",
                    WARN,
                    c -> c.deployments.removeIf(d -> d.name().equals("cluster-autoscaler")),
                    "deployments"),
            defect(
                    "pool.scale-from-zero-template",
                    WARN,
                    c -> c.pool("gpu", p -> p.labels.remove("nvidia.com/gpu.present")),
                    "pools"),
            defect(
                    "pool.node-image-newest",
                    WARN,
                    c -> c.pool(
                            "cpu",
                            p -> p.nodeImage =
                                    Fact.of(new NodeImage("1.35.0-20260601", Optional.of("1.35.2-20260801")))),
                    "pools"),
            defect(
                    "pool.health",
                    FAIL,
                    c -> c.pool("cpu", p -> p.issues = List.of("AsgInstanceLaunchFailures")),
                    "pools"),
            defect(
                    "pool.system-workloads-home",
                    FAIL,
                    c -> c.pods.add(KubeObjects.pod(
                            "kube-system",
                            "coredns-3",
                            "",
                            "Pending",
                            "ReplicaSet",
                            100,
                            "0/6 nodes: untolerated taint")),
                    "pods"),
            defect(
                    "pool.operator.taint-tolerated",
                    FAIL,
                    c -> c.change(
                            "osmo-osmo-backend-worker", d -> KubeObjects.with(d, KubeObjects.without(d, true, false))),
                    "deployments"),
            defect(
                    "pool.operator.fits-operator",
                    FAIL,
                    c -> c.pods.add(KubeObjects.pod("monitoring", "p", "operator-0", "Running", "", 6000, "")),
                    "pods"),
            defect(
                    "pool.compute.usable-storage",
                    FAIL,
                    c -> c.pods.add(KubeObjects.pod("monitoring", "p", "cpu-0", "Running", "", 0, 0, 94L << 30, "")),
                    "pods"),
            defect(
                    "pool.spot-taint",
                    WARN,
                    Clusters::goodAks,
                    c -> c.node("cpu-1", n -> {
                        n.labels.put("kubernetes.azure.com/scalesetpriority", "spot");
                        n.taints = List.of(
                                new Taint("kubernetes.azure.com/scalesetpriority", "spot", Taint.Effect.NO_SCHEDULE));
                    }),
                    Map.of("pool.compute.isolation", PASS),
                    "nodes"));

    private PoolDefects() {}
}
