// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.kube;

import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.osmo.backend.kubernetes.KubernetesClients;
import io.osmo.backend.tests.services.KubeApiServer;
import io.osmo.backend.verify.BackendVerifier;
import io.osmo.backend.verify.snapshot.Expectations;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What probes need from a cluster and a kube-apiserver alone does not have: a scheduler, kubelets and controllers. It binds pods, reports
 * how they ended, and empties namespaces that are deleted. KAI counts as installed.
 */
final class ProbeCluster implements AutoCloseable {
    static final String MANAGED = "app.kubernetes.io/managed-by";
    static final String VERIFIER = "osmo-backend-verify";

    final KubernetesClient admin;
    /** Pods of probes, as they were when they were bound to a node. */
    final Queue<Pod> seen = new ConcurrentLinkedQueue<>();

    final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final Watch kubelet;
    private final Watch controller;

    ProbeCluster(KubeApiServer server, Expectations expectations) {
        admin = KubernetesClients.fromKubeconfig(server.kubeconfig());
        server.nodes(1, "--node-type", "operator", "--taint", "ops=true:NoSchedule");
        server.nodes(2, "--pool", "cpu");
        server.nodes(1, "--gpu");
        admin
                .load(new ByteArrayInputStream(
                        (BackendVerifier.requiredRbac(expectations) + "---\n" + BackendVerifier.requiredProbeRbac())
                                .getBytes(StandardCharsets.UTF_8)))
                .items()
                .stream()
                .filter(role -> role.getKind().equals("ClusterRole"))
                .forEach(this::grant);
        installKai();
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("osmo-workflows")
                        .endMetadata()
                        .build())
                .create();
        kubelet = admin.pods().inAnyNamespace().withLabel(MANAGED, VERIFIER).watch(new Once<>(this::run));
        controller = admin.namespaces().withLabel(MANAGED, VERIFIER).watch(new Once<>(this::empty));
    }

    /** The kinds of KAI, and so much of it that it counts as installed. */
    private void installKai() {
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
        admin.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
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
                            TimeUnit.SECONDS);
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

    List<GenericKubernetesResource> queues() {
        return admin.genericKubernetesResources("scheduling.run.ai/v2", "Queue")
                .list()
                .getItems();
    }

    private void grant(HasMetadata role) {
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

    @Override
    public void close() {
        kubelet.close();
        controller.close();
        admin.close();
    }

    /** A namespace that claims to be of an earlier run. */
    void namespace(String name, Map<String, String> labels) {
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withLabels(labels)
                        .addToAnnotations("osmo-backend-probe-expires", "2026-01-01T00:00:00Z")
                        .endMetadata()
                        .build())
                .create();
    }

    /** Names of the namespaces of probes that exist after the controller had time to remove them. */
    List<String> namespaces() {
        admin.namespaces()
                .withLabel(MANAGED, VERIFIER)
                .informOnCondition(List::isEmpty)
                .orTimeout(20, TimeUnit.SECONDS)
                .handle((done, late) -> done)
                .join();
        return admin.namespaces().withLabel(MANAGED, VERIFIER).list().getItems().stream()
                .map(n -> n.getMetadata().getName())
                .toList();
    }

    /** Acts on an object that is new or has changed. */
    private final class Once<T extends HasMetadata> implements Watcher<T> {
        private final Consumer<T> action;

        Once(Consumer<T> action) {
            this.action = action;
        }

        @Override
        public void eventReceived(Action event, T object) {
            if (event == Action.ADDED || event == Action.MODIFIED) {
                try {
                    action.accept(object);
                } catch (KubernetesClientException e) {
                    // Another event reported the same.
                    if (e.getCode() != 404 && e.getCode() != 409) {
                        failures.add(e);
                    }
                } catch (RuntimeException e) {
                    failures.add(e);
                }
            }
        }

        @Override
        public void onClose(WatcherException cause) {}
    }

    /** Binds a pod to a node that fits its selector and tolerations, and reports that it has ended. */
    private void run(Pod pod) {
        if (pod.getSpec().getNodeName() != null || pod.getMetadata().getDeletionTimestamp() != null) {
            return;
        }
        seen.add(pod);
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
                                .withMessage(output(pod))
                                .endTerminated()
                                .endState()
                                .build())
                        .endStatus()
                        .build());
    }

    private static String output(Pod pod) {
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
    private void empty(Namespace namespace) {
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
