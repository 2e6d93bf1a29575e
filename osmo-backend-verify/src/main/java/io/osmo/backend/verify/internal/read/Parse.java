// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spec.Taint;
import io.osmo.backend.spi.provider.PlainText;
import io.osmo.backend.verify.snapshot.CsiNodeFacts;
import io.osmo.backend.verify.snapshot.NamespaceFacts;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.PodFacts;
import io.osmo.backend.verify.snapshot.PriorityClassFacts;
import io.osmo.backend.verify.snapshot.StackFacts;
import io.osmo.backend.verify.snapshot.StorageClassFacts;
import io.osmo.backend.verify.snapshot.WorkloadFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns objects of the Kubernetes API into the facts that checks use. */
final class Parse {
    /** Annotations of namespaces by which Linkerd, Open Service Mesh and OpenTelemetry add containers to pods. */
    private static final Set<String> INJECTION =
            Set.of("linkerd.io/inject", "openservicemesh.io/sidecar-injection", "sidecar.opentelemetry.io/inject");

    private Parse() {}

    static NodeFacts node(JsonNode node) {
        JsonNode status = node.path("status");
        JsonNode info = status.path("nodeInfo");
        Map<String, String> conditions = new HashMap<>();
        status.path("conditions").forEach(c -> conditions.put(text(c, "type"), text(c, "status")));
        List<String> addresses = new ArrayList<>();
        status.path("addresses").forEach(a -> {
            if (text(a, "type").equals("InternalIP")) {
                addresses.add(text(a, "address"));
            }
        });
        List<Taint> taints = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        node.path("spec").path("taints").forEach(t -> taints.add(taint(t, unknown)));
        return new NodeFacts(
                name(node),
                map(node.path("metadata").path("labels")),
                taints,
                node.path("spec").path("unschedulable").asBoolean(),
                text(node.path("spec"), "providerID"),
                strings(node.path("spec").path("podCIDRs")),
                addresses,
                conditions,
                map(status.path("capacity")),
                map(status.path("allocatable")),
                text(info, "kubeletVersion"),
                text(info, "containerRuntimeVersion"),
                text(info, "osImage"),
                text(info, "architecture"),
                Fact.of(unknown));
    }

    /** One unusual taint must not keep a whole list of nodes from being read. */
    private static Taint taint(JsonNode taint, List<String> unknown) {
        String key = text(taint, "key");
        String value = text(taint, "value");
        String effect = text(taint, "effect");
        return Taint.Effect.ofKubernetes(effect)
                .map(e -> new Taint(key, value, e))
                .orElseGet(() -> {
                    unknown.add(key + (value.isEmpty() ? "" : "=" + value) + ":" + effect);
                    return new Taint(key, value, Taint.Effect.NO_SCHEDULE);
                });
    }

    static PodFacts pod(JsonNode pod, String operatorNamespace) {
        String controller = "";
        for (JsonNode owner : pod.path("metadata").path("ownerReferences")) {
            if (owner.path("controller").asBoolean()) {
                controller = text(owner, "kind");
            }
        }
        String unschedulable = "";
        for (JsonNode condition : pod.path("status").path("conditions")) {
            if (text(condition, "type").equals("PodScheduled")
                    && text(condition, "reason").equals("Unschedulable")) {
                unschedulable = text(condition, "message");
            }
        }
        return new PodFacts(
                text(pod.path("metadata"), "namespace"),
                name(pod),
                text(pod.path("spec"), "nodeName"),
                text(pod.path("status"), "phase"),
                controller,
                PodRequests.of(pod, "cpu"),
                PodRequests.of(pod, "memory"),
                PodRequests.of(pod, "ephemeral-storage"),
                unschedulable,
                Set.of(operatorNamespace, StackFacts.KAI_NAMESPACE).contains(text(pod.path("metadata"), "namespace"))
                        ? Workloads.containers(pod.path("status").path("containerStatuses"))
                        : List.of());
    }

    static NamespaceFacts namespace(JsonNode namespace) {
        return new NamespaceFacts(
                name(namespace),
                text(namespace.path("metadata"), "uid"),
                text(namespace.path("status"), "phase"),
                text(namespace.path("metadata").path("labels"), "pod-security.kubernetes.io/enforce"),
                Fact.of(map(namespace.path("metadata").path("labels"))),
                Fact.of(injection(namespace.path("metadata").path("annotations"))));
    }

    private static Map<String, String> injection(JsonNode annotations) {
        Map<String, String> kept = map(annotations);
        kept.keySet().retainAll(INJECTION);
        return kept;
    }

    static WorkloadFacts deployment(JsonNode deployment, String operatorNamespace) {
        return new WorkloadFacts(
                text(deployment.path("metadata"), "namespace"),
                name(deployment),
                deployment.path("spec").path("replicas").asInt(1),
                deployment.path("status").path("readyReplicas").asInt(),
                Workloads.template(deployment, operatorNamespace));
    }

    static WorkloadFacts daemonSet(JsonNode daemonSet, String operatorNamespace) {
        return new WorkloadFacts(
                text(daemonSet.path("metadata"), "namespace"),
                name(daemonSet),
                daemonSet.path("status").path("desiredNumberScheduled").asInt(),
                daemonSet.path("status").path("numberReady").asInt(),
                Workloads.template(daemonSet, operatorNamespace));
    }

    static StorageClassFacts storageClass(JsonNode storageClass) {
        Map<String, String> annotations = map(storageClass.path("metadata").path("annotations"));
        return new StorageClassFacts(
                name(storageClass),
                text(storageClass, "provisioner"),
                map(storageClass.path("parameters")),
                "true".equals(annotations.get("storageclass.kubernetes.io/is-default-class"))
                        || "true".equals(annotations.get("storageclass.beta.kubernetes.io/is-default-class")),
                storageClass.path("allowVolumeExpansion").asBoolean(),
                storageClass.path("reclaimPolicy").asText("Delete"),
                storageClass.path("volumeBindingMode").asText("Immediate"),
                Workloads.time(storageClass.path("metadata"), "creationTimestamp")
                        .map(Fact::of)
                        .orElseGet(() -> Fact.unknown("no creation time")));
    }

    static CsiNodeFacts csiNode(JsonNode csiNode) {
        List<String> drivers = new ArrayList<>();
        csiNode.path("spec").path("drivers").forEach(d -> drivers.add(text(d, "name")));
        return new CsiNodeFacts(name(csiNode), drivers);
    }

    static PriorityClassFacts priorityClass(JsonNode priorityClass) {
        return new PriorityClassFacts(
                name(priorityClass),
                priorityClass.path("value").asInt(),
                priorityClass.path("globalDefault").asBoolean());
    }

    static String name(JsonNode object) {
        return text(object.path("metadata"), "name");
    }

    static String text(JsonNode object, String field) {
        return text(object.path(field));
    }

    /** Kubernetes treats null as absent. A snapshot is passed on, so credentials in URLs are left out. */
    private static String text(JsonNode value) {
        return value.isNull() ? "" : PlainText.withoutCredentials(value.asText(""));
    }

    static Map<String, String> map(JsonNode object) {
        Map<String, String> map = new HashMap<>();
        object.fields().forEachRemaining(e -> map.put(e.getKey(), text(e.getValue())));
        return map;
    }

    static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(v -> strings.add(text(v)));
        return strings;
    }
}
