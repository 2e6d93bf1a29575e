// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfigurationBuilder;
import io.osmo.backend.spec.Secret;
import io.osmo.backend.spi.Scheduler;
import io.osmo.backend.spi.SystemScheduler;
import io.osmo.backend.tests.services.KubeApiServer;
import io.osmo.backend.verify.BackendVerifier;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.probe.Probe;
import io.osmo.backend.verify.probe.Probes;
import io.osmo.backend.verify.report.Report;
import io.osmo.backend.verify.snapshot.Expectations;
import io.osmo.backend.verify.snapshot.Vantage;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Probes against a real kube-apiserver. Its version does not know Pod Security admission; the emulated cluster does. */
class ProbesKubeIT {
    @RegisterExtension
    static final KubeApiServer SERVER = KubeApiServer.own();

    private static final Expectations EXPECTATIONS =
            Expectations.ofAnyBackend().withServiceUrl("https://osmo.example.com");
    private static final BackendVerifier VERIFIER =
            BackendVerifier.standard().select(c -> c.vantages().contains(Vantage.PROBE));
    private static final Scheduler SCHEDULER = new SystemScheduler();

    private static ProbeCluster cluster;

    @BeforeAll
    static void start() {
        cluster = new ProbeCluster(SERVER, EXPECTATIONS);
    }

    @AfterAll
    static void close() {
        if (cluster != null) {
            cluster.close();
        }
        SCHEDULER.close();
    }

    @BeforeEach
    void forget() {
        cluster.seen.clear();
        cluster.failures.clear();
    }

    @Test
    void the_printed_rbac_is_enough_for_all_probes_and_their_removal() {
        Report report = VERIFIER.probes(Probes.builder(SCHEDULER)
                        .deadline(Duration.ofMinutes(1))
                        .workflowNamespace()
                        .pull("registry.example.com/team/image:1")
                        .credential("registry.example.com", "u", Secret.of("password", () -> "p"))
                        .build())
                .verify(SERVER.stranger(), EXPECTATIONS);

        assertThat(cluster.failures).isEmpty();
        assertThat(statuses(report))
                .containsEntry("network.egress-probe", Status.PASS)
                .containsEntry("network.osmo-http", Status.PASS)
                .containsEntry("network.workflow-to-osmo", Status.PASS)
                .containsEntry("network.ws-idle", Status.PASS)
                .containsEntry("storage.pvc-probe", Status.PASS)
                .containsEntry("gpu.nvidia-smi-probe", Status.PASS)
                .containsEntry("registry.pull-secret-accepted", Status.PASS)
                .containsEntry("kai.schedule-probe", Status.PASS)
                .containsEntry("probe.removed", Status.PASS)
                .doesNotContainValue(Status.UNKNOWN)
                .doesNotContainValue(Status.FAIL);
        assertThat(cluster.seen).hasSizeGreaterThan(6).allSatisfy(pod -> {
            assertThat(pod.getSpec().getAutomountServiceAccountToken()).isFalse();
            assertThat(pod.getSpec().getActiveDeadlineSeconds()).isEqualTo(60);
            assertThat(pod.getSpec().getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(pod.getSpec().getSecurityContext().getSeccompProfile().getType())
                    .isEqualTo("RuntimeDefault");
            assertThat(pod.getSpec()
                            .getContainers()
                            .get(0)
                            .getSecurityContext()
                            .getCapabilities()
                            .getDrop())
                    .containsExactly("ALL");
            assertThat(pod.getSpec().getContainers().get(0).getResources().getLimits())
                    .containsKeys("cpu", "memory", "ephemeral-storage");
        });
        assertThat(cluster.seen)
                .anySatisfy(pod -> assertThat(pod.getSpec().getSchedulerName()).isEqualTo("kai-scheduler"));
        assertThat(cluster.namespaces()).isEmpty();
        assertThat(cluster.queues()).isEmpty();
        assertThat(cluster.admin
                        .pods()
                        .inAnyNamespace()
                        .withLabel(ProbeCluster.MANAGED, ProbeCluster.VERIFIER)
                        .list()
                        .getItems())
                .isEmpty();
        assertThat(cluster.admin
                        .persistentVolumeClaims()
                        .inAnyNamespace()
                        .list()
                        .getItems())
                .isEmpty();
    }

    @Test
    void leftovers_of_a_crashed_run_are_removed_and_nothing_else() {
        cluster.namespace(
                "osmo-backend-probe-0000dead",
                Map.of(ProbeCluster.MANAGED, ProbeCluster.VERIFIER, "osmo-backend-probe-run", "0000dead"));
        cluster.namespace("osmo-backend-probe-0000beef", Map.of("osmo-backend-probe-run", "0000beef"));

        VERIFIER.probes(Probes.builder(SCHEDULER).build()).verify(SERVER.stranger(), EXPECTATIONS);

        assertThat(cluster.namespaces()).isEmpty();
        assertThat(cluster.admin
                        .namespaces()
                        .withName("osmo-backend-probe-0000beef")
                        .get())
                .isNotNull();
        assertThat(cluster.failures).isEmpty();
    }

    @Test
    void a_dead_kai_webhook_is_found_by_a_rejected_pod() {
        var webhook = new ValidatingWebhookConfigurationBuilder()
                .withNewMetadata()
                .withName("validating-kai-admission")
                .endMetadata()
                .addNewWebhook()
                .withName("admission.kai-scheduler.svc")
                .withAdmissionReviewVersions("v1")
                .withSideEffects("None")
                .withFailurePolicy("Fail")
                .withNewObjectSelector()
                .addNewMatchExpression()
                .withKey("kai.scheduler/queue")
                .withOperator("Exists")
                .endMatchExpression()
                .endObjectSelector()
                .addNewRule()
                .withApiGroups("")
                .withApiVersions("v1")
                .withOperations("CREATE")
                .withResources("pods")
                .endRule()
                .withNewClientConfig()
                .withNewService()
                .withNamespace("kai-scheduler")
                .withName("admission")
                .endService()
                .endClientConfig()
                .endWebhook()
                .build();
        cluster.admin.resource(webhook).create();
        try {
            Report report = BackendVerifier.standard()
                    .only("kai.webhook-health", "kai.schedule-probe")
                    .probes(Probes.builder(SCHEDULER).only(Probe.KAI).build())
                    .verify(SERVER.stranger(), EXPECTATIONS);

            assertThat(report.findings())
                    .hasSize(2)
                    .allSatisfy(f -> assertThat(f.status()).isEqualTo(Status.FAIL))
                    .allSatisfy(f -> assertThat(f.observed()).contains("service \"admission\" not found"))
                    .allSatisfy(f -> assertThat(f.resources()).isNotEmpty());
        } finally {
            cluster.admin.resource(webhook).delete();
        }
        assertThat(cluster.namespaces()).isEmpty();
    }

    private static Map<String, Status> statuses(Report report) {
        return report.findings().stream()
                .collect(Collectors.toMap(Finding::check, Finding::status, (a, b) -> a, TreeMap::new));
    }
}
