// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog;

import static io.osmo.backend.verify.check.Status.FAIL;
import static io.osmo.backend.verify.check.Status.WARN;
import static io.osmo.backend.verify.internal.catalog.Mutation.plant;

import io.osmo.backend.verify.fixture.KubeObjects;
import io.osmo.backend.verify.snapshot.CrdFacts;
import io.osmo.backend.verify.snapshot.EndpointFacts;
import io.osmo.backend.verify.snapshot.HelmReleaseFacts;
import io.osmo.backend.verify.snapshot.LogPhrase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Defects of what is installed: KAI, OSMO's operator, the GPU stack. */
final class StackMutations {
    static final List<Mutation> ALL = List.of(
            // What is installed.
            plant("queue with a missing parent", c -> c.queues.remove(0), "kai.queue-parent", FAIL),
            plant(
                    "queue at the top",
                    c -> c.queues.set(1, KubeObjects.queue("osmo-pool-osmo-workflows-default", "", "osmo-workflows")),
                    "kai.queue-parent",
                    FAIL),
            plant(
                    "queue that the operator does not find",
                    c -> c.queues.set(
                            1,
                            KubeObjects.queue("osmo-pool-osmo-workflows-default", "osmo-default-osmo-workflows", "")),
                    "kai.queue-parent",
                    FAIL),
            plant(
                    "queue of another backend",
                    c -> c.queues.add(KubeObjects.queue("osmo-pool-osmo-workflows-2-a", "x", "osmo-workflows-2"))),
            plant(
                    "queues of another backend only",
                    c -> {
                        c.queues.clear();
                        c.queues.add(KubeObjects.queue("osmo-default-other", "", "other"));
                    },
                    "osmo.queues",
                    FAIL),
            plant(
                    "queue kind of another version",
                    c -> c.crds.set(1, new CrdFacts("queues.scheduling.run.ai", Set.of("v1"), true, Optional.empty())),
                    "kai.crds",
                    FAIL),
            plant(
                    "queue kind not established",
                    c -> c.crds.set(1, new CrdFacts("queues.scheduling.run.ai", Set.of("v2"), false, Optional.empty())),
                    "kai.crds",
                    FAIL),
            plant(
                    "scheduler down",
                    c -> c.change("kai-scheduler-default", d -> KubeObjects.ready(d, 0)),
                    "kai.installed-not-orphan",
                    FAIL),
            plant(
                    "staleness of the default",
                    c -> c.flag("kai-scheduler-default", "defaultstalenessgraceperiod", "60s"),
                    "kai.flag-staleness",
                    FAIL),
            plant(
                    "eviction condition off",
                    c -> c.flag("kai-scheduler-default", "updatepodevictioncondition", null),
                    "kai.flag-eviction-condition",
                    WARN),
            plant(
                    "scheduler of another name",
                    c -> c.flag("kai-scheduler-default", "schedulername", "kai"),
                    "kai.scheduler-name",
                    FAIL),
            plant(
                    "shard of a label only",
                    c -> c.shards.set(0, KubeObjects.shard("default", "x", Map.of())),
                    "kai.shard-covers-nodes",
                    WARN),
            plant(
                    "webhook without a ready endpoint",
                    c -> c.endpoints.set(1, new EndpointFacts("kai-scheduler", "admission", 0)),
                    "kai.webhook-health",
                    FAIL),
            plant(
                    "webhook without authority",
                    c -> c.webhooks.set(0, KubeObjects.kaiWebhook("mutating/kai-admission", false)),
                    "kai.webhook-health",
                    FAIL),
            plant(
                    "listener missing",
                    c -> c.deployments.removeIf(d -> d.name().endsWith("listener")),
                    "operator.deployments-available",
                    FAIL),
            plant(
                    "operator of a password",
                    c -> c.flag("osmo-osmo-backend-listener", "loginmethod", "password"),
                    "operator.login-method",
                    FAIL),
            plant(
                    "operator of another OSMO",
                    c -> c.flag("osmo-osmo-backend-listener", "host", "https://other.example.com"),
                    "operator.service-url",
                    FAIL),
            plant(
                    "operator without URL",
                    c -> c.flag("osmo-osmo-backend-worker", "host", ""),
                    "operator.service-url",
                    FAIL),
            plant(
                    "upgrade that hangs",
                    c -> c.releases.set(
                            0, new HelmReleaseFacts("osmo-operator", "osmo-operator", 4, "pending-upgrade")),
                    "operator.helm-release",
                    WARN),
            plant(
                    "worker that the OSMO service refuses, though it runs",
                    c -> c.operatorLogs.set(
                            1, KubeObjects.operatorLog("worker", LogPhrase.NAME_TAKEN, LogPhrase.KAI_MISSING)),
                    "operator.log-scan",
                    WARN),
            plant(
                    "second device plugin",
                    c -> c.devicePlugin("kube-system", "nvidia-gpu-device-plugin"),
                    "gpu.single-device-plugin",
                    WARN),
            plant(
                    "GPU Operator too old",
                    c -> c.image("gpu-operator", "nvcr.io/nvidia/gpu-operator:v25.3.0"),
                    "gpu.operator-version",
                    WARN));

    private StackMutations() {}
}
