// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.security;

import static io.osmo.backend.verify.check.Status.FAIL;
import static io.osmo.backend.verify.check.Status.WARN;
import static io.osmo.backend.verify.fixture.Defect.defect;

import io.osmo.backend.verify.fixture.Defect;
import io.osmo.backend.verify.fixture.KubeObjects;
import io.osmo.backend.verify.snapshot.TemplateFacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One defect for each check of security that needs no probe. */
public final class SecurityDefects {
    public static final List<Defect> ALL = List.of(
            defect("security.workload-identity", WARN, c -> c.workloadIdentity = Optional.empty(), "workloadIdentity"),
            defect("security.tls-api-server", FAIL, c -> c.tlsVerified = false, "tlsVerified"),
            defect(
                    "security.tls-service-url",
                    FAIL,
                    c -> c.expectations = c.expectations.withServiceUrl("http://osmo.example.com"),
                    Map.of("operator.service-url", FAIL)),
            defect(
                    "security.psa-workflow-namespace",
                    FAIL,
                    c -> c.namespaces.set(2, KubeObjects.namespace("osmo-workflows", "u2", "Active", "restricted")),
                    "namespaces"),
            defect(
                    "security.psa-agent-namespace",
                    FAIL,
                    c -> c.namespaces.set(1, KubeObjects.namespace("osmo-operator", "u1", "Active", "restricted")),
                    "namespaces"),
            defect(
                    "security.pod-webhooks",
                    FAIL,
                    c -> c.webhooks.add(KubeObjects.webhook(
                            "validating/left-over",
                            "gone/webhook",
                            c.webhooks.get(0).bundle().known().orElseThrow(),
                            Set.of("osmo-workflows"),
                            0)),
                    "webhooks"),
            defect(
                    "security.admission-policies",
                    FAIL,
                    c -> c.admissionPolicies.add(KubeObjects.admissionPolicy("freeze", true)),
                    "admissionPolicies"),
            defect(
                    "security.sidecar-injection",
                    WARN,
                    c -> c.namespaces.set(2, KubeObjects.workflows(Map.of("istio-injection", "enabled"), Map.of())),
                    "namespaces"),
            defect("security.policy-engines", WARN, c -> c.apiGroups.add("kyverno.io"), "apiGroups"),
            defect(
                    "security.rbac-worker",
                    FAIL,
                    c -> c.operatorRights.add(
                            KubeObjects.right(KubeObjects.WORKER_ACCOUNT, "create", "secrets", false)),
                    "operatorRights"),
            defect(
                    "security.rbac-listener",
                    FAIL,
                    c -> c.operatorRights.add(KubeObjects.right(KubeObjects.LISTENER_ACCOUNT, "watch", "nodes", false)),
                    "operatorRights"),
            defect(
                    "security.rbac-least-privilege",
                    WARN,
                    c -> c.operatorRights.set(0, KubeObjects.right(KubeObjects.LISTENER_ACCOUNT, "*", "*", true)),
                    "operatorRights"),
            defect(
                    "security.token-exposure",
                    WARN,
                    c -> c.container(
                            "osmo-osmo-backend-worker",
                            x -> new TemplateFacts.Container(
                                    x.name(),
                                    x.image(),
                                    x.flags(),
                                    x.memoryLimit(),
                                    x.startup(),
                                    "",
                                    List.of("OSMO_TOKEN"))),
                    "deployments"));

    private SecurityDefects() {}
}
