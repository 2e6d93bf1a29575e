// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.osmo.backend.kubernetes.KubernetesClients;
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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Probes against a real kube-apiserver. It has no scheduler, kubelet or controllers: this test binds pods, reports how they end,
 * and empties namespaces that are deleted. Its version does not know Pod Security admission; the emulated cluster does.
 */
class ProbesKubeIT {
    @RegisterExtension
    static final KubeApiServer SERVER = KubeApiServer.own();

    private static final String MANAGED = "app.kubernetes.io/managed-by";
    private static final Expectations EXPECTATIONS =
            Expectations.ofAnyBackend().withServiceUrl("https://osmo.example.com");
    private static final BackendVerifier VERIFIER =
            BackendVerifier.standard().select(c -> c.vantages().contains(Vantage.PROBE));
    private static final Scheduler SCHEDULER = new SystemScheduler();
    private static final Queue<Pod> SEEN = new ConcurrentLinkedQueue<>();
    private static final Queue<Throwable> TROUBLE = new ConcurrentLinkedQueue<>();

    private static KubernetesClient admin;
    private static Watch kubelet;
    private static Watch controller;

    @BeforeAll
    static void play_kubelet() {
        admin = KubernetesClients.fromKubeconfig(SERVER.kubeconfig());
        SERVER.nodes(1, "--node-type", "operator", "--taint", "ops=true:NoSchedule");
        SERVER.nodes(2, "--pool", "cpu");
        SERVER.nodes(1, "--gpu");
        admin
                .load(new java.io.ByteArrayInputStream(
                        (BackendVerifier.requiredRbac(EXPECTATIONS) + "---\n" + BackendVerifier.requiredProbeRbac())
                                .getBytes(StandardCharsets.UTF_8)))
                .items()
                .stream()
                .filter(role -> role.getKind().equals("ClusterRole"))
                .forEach(ProbesKubeIT::grant);
        installKai();
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("osmo-workflows")
                        .endMetadata()
                        .build())
                .create();
        kubelet = admin.pods()
                .inAnyNamespace()
                .withLabel(MANAGED, "osmo-backend-verify")
                .watch(new Once<>(pod -> run(pod)));
        controller = admin.namespaces()
                .withLabel(MANAGED, "osmo-backend-verify")
                .watch(new Once<>(namespace -> empty(namespace)));
    }

    /** The kinds of KAI, and so much of it that it counts as installed. */
    private static void installKai() {
        String yaml =
                crd("Queue", "queues", "Cluster", "v2") + crd("PodGroup", "podgroups", "Namespaced", "v2alpha2") + """
                apiVersion: v1
                kind: Namespace
                metadata: {name: kai-scheduler}
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: binder, namespace: kai-scheduler}
                spec:
                  selector: {matchLabels: {app: binder}}
                  template:
                    metadata: {labels: {app: binder}}
                    spec: {containers: [{name: binder, image: "ghcr.io/kai-scheduler/kai-scheduler/binder:v0.14.0"}]}
                """;
        admin.load(new java.io.ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .items()
                .forEach(object -> admin.resource(object).create());
        for (String name : List.of("queues.scheduling.run.ai", "podgroups.scheduling.run.ai")) {
            admin.apiextensions()
                    .v1()
                    .customResourceDefinitions()
                    .withName(name)
                    .waitUntilCondition(
                            crd -> crd != null
                                    && crd.getStatus() != null
                                    && crd.getStatus().getConditions() != null
                                    && crd.getStatus().getConditions().stream()
                                            .anyMatch(c -> c.getType().equals("Established")
                                                    && c.getStatus().equals("True")),
                            20,
                            java.util.concurrent.TimeUnit.SECONDS);
        }
    }

    private static String crd(String kind, String plural, String scope, String version) {
        return """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: %2$s.scheduling.run.ai}
                spec:
                  group: scheduling.run.ai
                  scope: %3$s
                  names: {kind: %1$s, plural: %2$s}
                  versions:
                  - name: %4$s
                    served: true
                    storage: true
                    schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
                ---
                """.formatted(kind, plural, scope, version);
    }

    private static List<GenericKubernetesResource> queues() {
        return admin.genericKubernetesResources("scheduling.run.ai/v2", "Queue")
                .list()
                .getItems();
    }

    private static void grant(HasMetadata role) {
        admin.resource(role).create();
        admin.resource(new ClusterRoleBindingBuilder()
                        .withNewMetadata()
                        .withName(role.getMetadata().getName())
                        .endMetadata()
                        .withNewRoleRef(
                                "rbac.authorization.k8s.io",
                                "ClusterRole",
                                role.getMetadata().getName())
                        .addNewSubject("rbac.authorization.k8s.io", "User", "stranger", null)
                        .build())
                .create();
    }

    @AfterAll
    static void close() {
        if (admin != null) {
            kubelet.close();
            controller.close();
            admin.close();
        }
        SCHEDULER.close();
    }

    @BeforeEach
    void forget() {
        SEEN.clear();
        TROUBLE.clear();
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

        assertThat(TROUBLE).isEmpty();
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
        assertThat(SEEN).hasSizeGreaterThan(6).allSatisfy(pod -> {
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
        assertThat(SEEN)
                .anySatisfy(pod -> assertThat(pod.getSpec().getSchedulerName()).isEqualTo("kai-scheduler"));
        assertThat(ours()).isEmpty();
        assertThat(queues()).isEmpty();
        assertThat(admin.pods()
                        .inAnyNamespace()
                        .withLabel(MANAGED, "osmo-backend-verify")
                        .list()
                        .getItems())
                .isEmpty();
        assertThat(admin.persistentVolumeClaims().inAnyNamespace().list().getItems())
                .isEmpty();
    }

    @Test
    void leftovers_of_a_crashed_run_are_removed_and_nothing_else() {
        namespace(
                "osmo-backend-probe-0000dead",
                Map.of(MANAGED, "osmo-backend-verify", "osmo-backend-probe-run", "0000dead"));
        namespace("osmo-backend-probe-0000beef", Map.of("osmo-backend-probe-run", "0000beef"));

        VERIFIER.probes(Probes.builder(SCHEDULER).build()).verify(SERVER.stranger(), EXPECTATIONS);

        assertThat(ours()).isEmpty();
        assertThat(admin.namespaces().withName("osmo-backend-probe-0000beef").get())
                .isNotNull();
        assertThat(TROUBLE).isEmpty();
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
        admin.resource(webhook).create();
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
            admin.resource(webhook).delete();
        }
        assertThat(ours()).isEmpty();
    }

    private static void namespace(String name, Map<String, String> labels) {
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withLabels(labels)
                        .addToAnnotations("osmo-backend-probe-expires", "2026-01-01T00:00:00Z")
                        .endMetadata()
                        .build())
                .create();
    }

    /** Names of the namespaces of probes that are there and that the controller has been given the time to remove. */
    private static List<String> ours() {
        admin.namespaces()
                .withLabel(MANAGED, "osmo-backend-verify")
                .informOnCondition(List::isEmpty)
                .orTimeout(20, java.util.concurrent.TimeUnit.SECONDS)
                .handle((done, late) -> done)
                .join();
        return admin.namespaces().withLabel(MANAGED, "osmo-backend-verify").list().getItems().stream()
                .map(n -> n.getMetadata().getName())
                .toList();
    }

    private static Map<String, Status> statuses(Report report) {
        return report.findings().stream()
                .collect(Collectors.toMap(Finding::check, Finding::status, (a, b) -> a, TreeMap::new));
    }

    // -------------------------------------------------------------------------- what the cluster has nobody for

    private record Once<T extends HasMetadata>(java.util.function.Consumer<T> action) implements Watcher<T> {
        @Override
        public void eventReceived(Action event, T object) {
            if (event == Action.ADDED || event == Action.MODIFIED) {
                try {
                    action.accept(object);
                } catch (KubernetesClientException e) {
                    // Another event told of the same.
                    if (e.getCode() != 404 && e.getCode() != 409) {
                        TROUBLE.add(e);
                    }
                } catch (RuntimeException e) {
                    TROUBLE.add(e);
                }
            }
        }

        @Override
        public void onClose(WatcherException cause) {}
    }

    /** Binds a pod to a node that its selector and its tolerations fit, and lets it end well. */
    private static void run(Pod pod) {
        if (pod.getSpec().getNodeName() != null || pod.getMetadata().getDeletionTimestamp() != null) {
            return;
        }
        SEEN.add(pod);
        String node = admin.nodes().withLabels(pod.getSpec().getNodeSelector()).list().getItems().stream()
                .filter(n -> Optional.ofNullable(n.getSpec().getTaints()).orElse(List.of()).stream()
                        .allMatch(taint -> pod.getSpec().getTolerations().stream()
                                .anyMatch(t -> taint.getKey().equals(t.getKey()))))
                .map(n -> n.getMetadata().getName())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "no node fits " + pod.getMetadata().getName()));
        String namespace = pod.getMetadata().getNamespace();
        String name = pod.getMetadata().getName();
        admin.raw(
                "/api/v1/namespaces/" + namespace + "/pods/" + name + "/binding",
                "POST",
                Map.of(
                        "apiVersion",
                        "v1",
                        "kind",
                        "Binding",
                        "metadata",
                        Map.of("name", name),
                        "target",
                        Map.of("apiVersion", "v1", "kind", "Node", "name", node)));
        boolean runs = !name.startsWith("pull");
        admin.pods()
                .inNamespace(namespace)
                .withName(name)
                .editStatus(p -> new PodBuilder(p)
                        .editOrNewStatus()
                        .withPhase(runs ? "Succeeded" : "Failed")
                        .withContainerStatuses(new ContainerStatusBuilder()
                                .withName("probe")
                                .withImage("image")
                                .withImageID("image@sha256:0")
                                .withReady(false)
                                .withRestartCount(0)
                                .withNewState()
                                .withNewTerminated()
                                .withExitCode(runs ? 0 : 128)
                                .withReason(runs ? "Completed" : "StartError")
                                .withMessage(said(pod))
                                .endTerminated()
                                .endState()
                                .build())
                        .endStatus()
                        .build());
    }

    private static String said(Pod pod) {
        String name = pod.getMetadata().getName();
        if (name.startsWith("volume")) {
            return "written\n";
        }
        if (name.startsWith("gpu")) {
            return "gpu NVIDIA L4, 580.82.07\nexit 0\n";
        }
        if (name.equals("idle")) {
            return "first 200 1 \nsecond 200 0 \nexit 0\nerror -\n";
        }
        if (!name.startsWith("network") && !name.endsWith("-workflow")) {
            return "no such file";
        }
        List<String> targets = pod.getSpec()
                .getContainers()
                .get(0)
                .getEnv()
                .get(0)
                .getValue()
                .lines()
                .toList();
        return IntStream.range(0, targets.size())
                .mapToObj(i -> "answer " + i + " 0 " + (targets.get(i).startsWith("service") ? 200 : 401)
                        + " TLSv1.3 1767225600 " + base64("Thu, 01 Jan 2026 00:00:00 GMT") + " "
                        + base64("Jan  9 12:00:00 2097 GMT") + " " + base64("{\"major\":\"6\"}") + " -\n")
                .collect(Collectors.joining());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Removes what is in a namespace that is being deleted, and with that the namespace. */
    private static void empty(Namespace namespace) {
        if (namespace.getMetadata().getDeletionTimestamp() == null) {
            return;
        }
        String name = namespace.getMetadata().getName();
        admin.pods().inNamespace(name).withGracePeriod(0).delete();
        for (PersistentVolumeClaim claim :
                admin.persistentVolumeClaims().inNamespace(name).list().getItems()) {
            admin.resource(claim).edit(c -> {
                c.getMetadata().setFinalizers(List.of());
                return c;
            });
            admin.resource(claim).delete();
        }
        admin.secrets().inNamespace(name).delete();
        admin.genericKubernetesResources("scheduling.run.ai/v2alpha2", "PodGroup")
                .inNamespace(name)
                .delete();
        // The garbage collector removes what only this namespace owns.
        admin.pods().inNamespace("osmo-workflows").list().getItems().stream()
                .filter(pod -> pod.getMetadata().getOwnerReferences().stream()
                        .anyMatch(owner ->
                                owner.getUid().equals(namespace.getMetadata().getUid())))
                .forEach(pod -> admin.resource(pod).withGracePeriod(0).delete());
        queues().stream()
                .filter(queue -> queue.getMetadata().getOwnerReferences().stream()
                        .anyMatch(owner ->
                                owner.getUid().equals(namespace.getMetadata().getUid())))
                .forEach(queue -> admin.resource(queue).delete());
        admin.raw(
                "/api/v1/namespaces/" + name + "/finalize",
                "PUT",
                Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", name), "spec", Map.of()));
    }
}
