// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.node;

import static io.osmo.backend.verify.check.Status.FAIL;
import static io.osmo.backend.verify.check.Status.SKIPPED;
import static io.osmo.backend.verify.check.Status.WARN;
import static io.osmo.backend.verify.fixture.Defect.defect;

import io.osmo.backend.spec.Taint;
import io.osmo.backend.verify.fixture.Defect;
import io.osmo.backend.verify.fixture.KubeObjects;
import java.util.List;
import java.util.Map;

/** One defect for each check of nodes that needs no probe. */
public final class NodeDefects {
    public static final List<Defect> ALL = List.of(
            defect("node.ready", WARN, c -> c.node("cpu-0", n -> n.conditions.put("Ready", "Unknown")), "nodes"),
            defect(
                    "node.hostname-label",
                    FAIL,
                    c -> c.node("cpu-0", n -> n.labels.put("kubernetes.io/hostname", "other")),
                    Map.of("osmo.resources-reported", FAIL),
                    "nodes"),
            defect(
                    "node.allocatable-keys",
                    FAIL,
                    c -> c.node("cpu-0", n -> n.allocatable.remove("ephemeral-storage")),
                    "nodes"),
            defect("node.pressure", WARN, c -> c.node("cpu-0", n -> n.conditions.put("DiskPressure", "True")), "nodes"),
            defect(
                    "node.problems",
                    WARN,
                    c -> c.node("cpu-0", n -> n.conditions.put("KernelDeadlock", "True")),
                    "nodes"),
            defect(
                    "node.scope",
                    SKIPPED,
                    c -> c.node("cpu-0", n -> n.labels.put("kubernetes.io/os", "windows")),
                    "nodes"),
            defect(
                    "node.taint-effects",
                    WARN,
                    c -> c.node("cpu-0", n -> n.unknownTaints = List.of("a=b:NoScheduleNoAdmit")),
                    "nodes"),
            defect("node.units-parsable", FAIL, c -> c.node("cpu-0", n -> n.allocatable.put("memory", "1E")), "nodes"),
            defect(
                    "node.transient-taints",
                    WARN,
                    c -> c.node(
                            "cpu-0",
                            n -> n.taints = List.of(new Taint(
                                    "node.cloudprovider.kubernetes.io/uninitialized",
                                    "true",
                                    Taint.Effect.NO_SCHEDULE))),
                    "nodes"),
            defect(
                    "node.kai-shard-label",
                    WARN,
                    c -> {
                        c.node("cpu-0", n -> n.labels.put("kai.scheduler/node-pool", "batch"));
                        c.shards.add(KubeObjects.shard("batch", "batch", Map.of()));
                    },
                    "nodes"),
            defect("node.pods-capacity", WARN, c -> c.node("cpu-0", n -> n.allocatable.put("pods", "17")), "nodes"));

    private NodeDefects() {}
}
