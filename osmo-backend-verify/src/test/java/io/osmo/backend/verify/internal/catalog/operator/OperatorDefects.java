// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.operator;

import static io.osmo.backend.verify.check.Status.FAIL;
import static io.osmo.backend.verify.check.Status.SKIPPED;
import static io.osmo.backend.verify.check.Status.WARN;
import static io.osmo.backend.verify.fixture.Defect.defect;

import io.osmo.backend.verify.fixture.Defect;
import io.osmo.backend.verify.fixture.KubeObjects;
import io.osmo.backend.verify.snapshot.CrdFacts;
import io.osmo.backend.verify.snapshot.HelmReleaseFacts;
import io.osmo.backend.verify.snapshot.LimitRangeFacts;
import io.osmo.backend.verify.snapshot.LogPhrase;
import io.osmo.backend.verify.snapshot.SecretFacts;
import io.osmo.backend.verify.snapshot.TemplateFacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One defect for each check of OSMO's operator that needs no probe. */
public final class OperatorDefects {
    public static final List<Defect> ALL = List.of(
            defect(
                    "operator.namespaces",
                    FAIL,
                    c -> c.namespaces.set(2, KubeObjects.namespace("osmo-workflows", "u2", "Terminating")),
                    "namespaces"),
            defect(
                    "operator.token-secret",
                    FAIL,
                    c -> c.secrets.remove(2),
                    Map.of("operator.token-format", SKIPPED),
                    "secrets"),
            defect(
                    "operator.token-format",
                    FAIL,
                    c -> c.secrets.set(2, KubeObjects.token(new SecretFacts.TokenShape(42, true))),
                    "secrets"),
            defect(
                    "operator.namespace-limits",
                    FAIL,
                    c -> c.limitRanges.add(new LimitRangeFacts(
                            "osmo-workflows",
                            "limits",
                            List.of(new LimitRangeFacts.Limit(
                                    "Container", Map.of("memory", "512Mi"), Map.of(), Map.of(), Map.of(), Map.of())))),
                    "limitRanges",
                    "nodes"),
            defect(
                    "operator.namespace-quotas",
                    FAIL,
                    c -> c.quotas.add(KubeObjects.quota("osmo-workflows", Map.of("pods", "0"), Map.of("pods", "0"))),
                    "quotas"),
            defect(
                    "operator.login-method",
                    FAIL,
                    c -> c.flag("osmo-osmo-backend-worker", "loginmethod", "password"),
                    "deployments"),
            defect(
                    "operator.deployments-available",
                    FAIL,
                    c -> c.change("osmo-osmo-backend-worker", d -> KubeObjects.ready(d, 0)),
                    "deployments"),
            defect(
                    "operator.restarts",
                    WARN,
                    c -> c.pods.add(KubeObjects.operatorPod("worker", 3, "OOMKilled", 137, "")),
                    "pods"),
            defect(
                    "operator.on-operator-nodes",
                    WARN,
                    c -> c.pods.add(KubeObjects.pod(
                            "osmo-operator", "osmo-osmo-backend-worker-2", "cpu-2", "Running", "ReplicaSet", 0, "")),
                    "pods"),
            defect(
                    "operator.service-url",
                    FAIL,
                    c -> c.flag("osmo-osmo-backend-listener", "host", "http://osmo-agent:8000"),
                    "deployments"),
            defect(
                    "operator.resources",
                    WARN,
                    c -> c.container(
                            "osmo-osmo-backend-listener",
                            x -> new TemplateFacts.Container(
                                    x.name(), x.image(), x.flags(), "256Mi", x.startup(), "", List.of())),
                    "deployments"),
            defect(
                    "operator.startup-probe",
                    WARN,
                    c -> c.container(
                            "osmo-osmo-backend-listener",
                            x -> new TemplateFacts.Container(
                                    x.name(),
                                    x.image(),
                                    x.flags(),
                                    x.memoryLimit(),
                                    Optional.of(new TemplateFacts.Probe(15, 12)),
                                    "",
                                    List.of())),
                    "deployments"),
            defect(
                    "operator.single-instance",
                    FAIL,
                    c -> c.deployments.add(c.deployment("osmo-osmo-backend-listener")),
                    "deployments"),
            defect(
                    "operator.node-prefix",
                    WARN,
                    c -> c.flag("osmo-osmo-backend-worker", "nodeconditionprefix", "osmo.example.com/"),
                    "deployments"),
            defect(
                    "operator.test-namespace",
                    WARN,
                    c -> c.flag("osmo-osmo-backend-worker", "testrunnernamespace", "nowhere"),
                    "deployments"),
            defect(
                    "operator.helm-release",
                    WARN,
                    c -> c.releases.set(
                            1, new HelmReleaseFacts("kai-scheduler", "kai-scheduler", 2, "pending-upgrade")),
                    "helmReleases"),
            defect(
                    "operator.log-scan",
                    WARN,
                    c -> c.operatorLogs.set(1, KubeObjects.operatorLog("worker", LogPhrase.NAME_TAKEN)),
                    "operatorLogs"),
            defect(
                    "operator.podmonitor-crd",
                    FAIL,
                    c -> c.crds.set(
                            7,
                            new CrdFacts(
                                    "podmonitors.monitoring.coreos.com", Set.of("v1alpha1"), true, Optional.empty())),
                    "crds"),
            defect(
                    "operator.ephemeral-metrics",
                    WARN,
                    c -> c.change("k8s-ephemeral-storage-metrics", d -> KubeObjects.ready(d, 0)),
                    "deployments"));

    private OperatorDefects() {}
}
