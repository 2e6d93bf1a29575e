// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.gpu;

import static io.osmo.backend.verify.check.Status.FAIL;
import static io.osmo.backend.verify.check.Status.PASS;
import static io.osmo.backend.verify.check.Status.SKIPPED;
import static io.osmo.backend.verify.check.Status.WARN;
import static io.osmo.backend.verify.fixture.Defect.defect;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.cluster.GpuStack;
import io.osmo.backend.cluster.GpuStack.Owner;
import io.osmo.backend.cluster.GpuStack.Part;
import io.osmo.backend.spec.Taint;
import io.osmo.backend.verify.fixture.Clusters;
import io.osmo.backend.verify.fixture.Defect;
import io.osmo.backend.verify.fixture.KubeObjects;
import io.osmo.backend.verify.snapshot.ClusterPolicyFacts;
import java.util.List;
import java.util.Map;

/** One defect for each check of GPUs that needs no probe. */
public final class GpuDefects {
    public static final List<Defect> ALL = List.of(
            defect(
                    "gpu.aks-driver-none",
                    FAIL,
                    Clusters::goodAks,
                    c -> c.pool("gpu", p -> p.gpuStack = Fact.of(GpuStack.of(Owner.SERVICE, Part.DRIVER))),
                    Map.of(),
                    "clusterPolicies"),
            defect(
                    "gpu.pool-exists",
                    FAIL,
                    c -> c.pools.removeIf(p -> p.name.equals("gpu")),
                    Map.of("pool.scale-from-zero-template", SKIPPED, "pool.compute.taint", PASS),
                    "pools"),
            defect(
                    "gpu.allocatable",
                    FAIL,
                    c -> c.node("gpu-0", n -> n.allocatable.put("nvidia.com/gpu", "0")),
                    Map.of("gpu.count-matches", WARN),
                    "nodes"),
            defect(
                    "gpu.taint",
                    WARN,
                    c -> c.node("gpu-0", n -> n.taints = List.of(new Taint("sku", "gpu", KubeObjects.GPU.effect()))),
                    Map.of("pool.compute.taint", WARN),
                    "nodes"),
            defect(
                    "gpu.present-label",
                    WARN,
                    c -> c.node("gpu-0", n -> n.labels.remove("nvidia.com/gpu.present")),
                    "nodes"),
            defect(
                    "gpu.operator-installed",
                    FAIL,
                    c -> c.clusterPolicies.set(
                            0, new ClusterPolicyFacts("cluster-policy", "notReady", true, Fact.of(true))),
                    "clusterPolicies"),
            defect(
                    "gpu.sharing",
                    WARN,
                    c -> c.node("gpu-0", n -> {
                        n.labels.put("nvidia.com/gpu.replicas", "4");
                        n.labels.put("nvidia.com/gpu.sharing-strategy", "time-slicing");
                        n.allocatable.put("nvidia.com/gpu", "4");
                    }),
                    Map.of("osmo.resource-totals", WARN),
                    "nodes"),
            defect(
                    "gpu.operator-version",
                    WARN,
                    c -> c.image("gpu-operator", "nvcr.io/nvidia/gpu-operator:v25.3.4"),
                    "deployments"),
            defect(
                    "gpu.single-device-plugin",
                    WARN,
                    c -> c.devicePlugin("kube-system", "nvidia-device-plugin"),
                    "daemonSets"),
            defect(
                    "gpu.gke-plugin-disabled",
                    WARN,
                    Clusters::goodGke,
                    c -> c.node("gpu-0", n -> n.labels.remove("gke-no-default-nvidia-gpu-device-plugin")),
                    Map.of(),
                    "nodes"),
            defect("gpu.gke-resourcequota", WARN, Clusters::goodGke, c -> c.quotas.clear(), Map.of(), "quotas"),
            defect("gpu.runtimeclass", FAIL, c -> c.runtimeClasses.clear(), "runtimeClasses"),
            defect(
                    "gpu.driver-version",
                    FAIL,
                    c -> c.node("gpu-0", n -> n.labels.put("nvidia.com/cuda.driver.major", "525")),
                    "nodes"),
            defect(
                    "gpu.cuda-version",
                    WARN,
                    c -> c.node("gpu-0", n -> n.labels.put("nvidia.com/cuda.runtime.major", "12")),
                    "nodes"),
            defect(
                    "gpu.count-matches",
                    WARN,
                    c -> c.node("gpu-0", n -> {
                        n.labels.put("eks.amazonaws.com/nodegroup", "elsewhere");
                        n.labels.put("nvidia.com/gpu.count", "8");
                    }),
                    "nodes"),
            defect(
                    "gpu.mig-mode",
                    WARN,
                    c -> c.node("gpu-0", n -> n.allocatable.put("nvidia.com/mig-1g.10gb", "7")),
                    "nodes"));

    private GpuDefects() {}
}
