// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.kai;

import static io.osmo.backend.verify.check.Status.FAIL;
import static io.osmo.backend.verify.check.Status.WARN;
import static io.osmo.backend.verify.fixture.Defect.defect;

import io.osmo.backend.verify.fixture.Defect;
import io.osmo.backend.verify.fixture.KubeObjects;
import io.osmo.backend.verify.snapshot.CrdFacts;
import io.osmo.backend.verify.snapshot.PriorityClassFacts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One defect for each check of KAI that needs no probe. */
public final class KaiDefects {
    public static final List<Defect> ALL = List.of(
            defect(
                    "kai.priority-classes",
                    FAIL,
                    c -> c.priorityClasses.set(0, new PriorityClassFacts("osmo-high", 1000, false)),
                    "priorityClasses"),
            defect(
                    "kai.crds",
                    FAIL,
                    c -> c.crds.set(
                            0, new CrdFacts("podgroups.scheduling.run.ai", Set.of("v2"), true, Optional.empty())),
                    "crds"),
            defect("kai.topology-crd", WARN, c -> c.crds.remove(3), "crds"),
            defect(
                    "kai.installed-not-orphan",
                    FAIL,
                    c -> c.change("binder", d -> KubeObjects.ready(d, 0)),
                    "deployments"),
            defect(
                    "kai.version",
                    WARN,
                    c -> c.deployments.stream()
                            .filter(d -> d.namespace().equals("kai-scheduler"))
                            .toList()
                            .forEach(d -> c.image(d.name(), "ghcr.io/nvidia/kai-scheduler/x:v0.9.3")),
                    "deployments"),
            defect(
                    "kai.flag-staleness",
                    FAIL,
                    c -> c.flag("kai-scheduler-default", "defaultstalenessgraceperiod", null),
                    "shards"),
            defect(
                    "kai.flag-eviction-condition",
                    WARN,
                    c -> c.flag("kai-scheduler-default", "updatepodevictioncondition", "false"),
                    "shards"),
            defect("kai.scheduler-name", FAIL, c -> c.schedulerNames.set(0, "other-scheduler"), "schedulerNames"),
            defect(
                    "kai.webhook-health",
                    FAIL,
                    c -> c.webhooks.set(0, KubeObjects.kaiWebhook("validating/validating-kai-admission", false)),
                    "webhooks"),
            defect(
                    "kai.shard-covers-nodes",
                    WARN,
                    c -> c.shards.set(0, KubeObjects.shard("default", "batch", Map.of())),
                    "shards"),
            defect(
                    "kai.order",
                    WARN,
                    c -> {
                        c.queues.clear();
                        c.crds.set(
                                1,
                                new CrdFacts(
                                        "queues.scheduling.run.ai",
                                        Set.of("v2"),
                                        true,
                                        Optional.of(Instant.parse("2026-11-23T23:59:59Z"))));
                    },
                    Map.of("osmo.queues", FAIL),
                    "queues"),
            defect("kai.queue-parent", FAIL, c -> c.queues.remove(0), "queues"),
            defect(
                    "kai.queue-name-length",
                    WARN,
                    c -> c.expectations = c.expectations.withNamespaces("osmo-operator", "w".repeat(60)),
                    // The task in the old namespace no longer counts as one.
                    Map.of(
                            "operator.namespaces",
                            FAIL,
                            "registry.pull-secret",
                            FAIL,
                            "osmo.backend-namespace",
                            FAIL,
                            "osmo.queues",
                            FAIL,
                            "pool.compute.usable-cpu",
                            FAIL)));

    private KaiDefects() {}
}
