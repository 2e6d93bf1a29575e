// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cluster;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a workload is.
 *
 * @param millis processor time that each pod asks for, in thousandths of a CPU
 * @param runsFor how long each pod works until it has succeeded; empty when it runs forever
 */
record WorkloadPlan(
        String namespace,
        String name,
        Controller controller,
        int replicas,
        Map<String, String> nodeSelector,
        List<String> tolerated,
        int millis,
        int gpus,
        Optional<Duration> runsFor) {
    /** What creates pods again that have gone. */
    enum Controller {
        DEPLOYMENT("Deployment", "ReplicaSet"),
        STATEFUL_SET("StatefulSet", "StatefulSet"),
        DAEMON_SET("DaemonSet", "DaemonSet"),
        NONE("", "");

        /** What a user makes. */
        final String kind;
        /** What owns the pods. */
        final String owner;

        Controller(String kind, String owner) {
            this.kind = kind;
            this.owner = owner;
        }
    }

    WorkloadPlan {
        nodeSelector = Map.copyOf(nodeSelector);
        tolerated = List.copyOf(tolerated);
    }

    String key() {
        return namespace + "/" + name;
    }

    /** Name of the object that owns the pods. */
    String ownerName() {
        return controller == Controller.DEPLOYMENT ? name + "-5d4f8c7b9" : name;
    }

    Map<String, String> labels() {
        return Map.of("app", name);
    }

    /** The object that a user makes. */
    Map<String, ?> manifest() {
        return object(controller.kind, name, List.of());
    }

    /** The ReplicaSet of a Deployment. */
    Map<String, ?> replicaSet(String deploymentUid) {
        return object("ReplicaSet", ownerName(), List.of(reference("Deployment", name, deploymentUid)));
    }

    private Map<String, ?> object(String kind, String objectName, List<Map<String, ?>> owners) {
        return Map.of(
                "apiVersion",
                "apps/v1",
                "kind",
                kind,
                "metadata",
                metadata(objectName, owners),
                "spec",
                Map.of(
                        "replicas",
                        replicas,
                        "selector",
                        Map.of("matchLabels", labels()),
                        "template",
                        Map.of("metadata", Map.of("labels", labels()), "spec", podSpec(Optional.empty()))));
    }

    /**
     * @param ownerUid id of what owns it; empty text for none
     * @param node the node that it is made for; empty when it has to find one
     */
    Map<String, ?> pod(String podName, String ownerUid, Optional<String> node) {
        List<Map<String, ?>> owners =
                ownerUid.isEmpty() ? List.of() : List.of(reference(controller.owner, ownerName(), ownerUid));
        return Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Pod",
                "metadata",
                metadata(podName, owners),
                "spec",
                podSpec(node),
                "status",
                Map.of("phase", "Pending"));
    }

    private Map<String, Object> metadata(String objectName, List<Map<String, ?>> owners) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", objectName);
        metadata.put("namespace", namespace);
        metadata.put("labels", labels());
        if (!owners.isEmpty()) {
            metadata.put("ownerReferences", owners);
        }
        return metadata;
    }

    private static Map<String, ?> reference(String kind, String name, String uid) {
        return Map.of("apiVersion", "apps/v1", "kind", kind, "name", name, "uid", uid, "controller", true);
    }

    private Map<String, Object> podSpec(Optional<String> node) {
        Map<String, String> resources = new LinkedHashMap<>();
        resources.put("cpu", millis + "m");
        if (gpus > 0) {
            resources.put("nvidia.com/gpu", String.valueOf(gpus));
        }
        Map<String, Object> spec = new LinkedHashMap<>();
        node.ifPresent(name -> spec.put("nodeName", name));
        spec.put("nodeSelector", nodeSelector);
        spec.put("terminationGracePeriodSeconds", 30);
        spec.put(
                "tolerations",
                controller == Controller.DAEMON_SET
                        ? List.of(Map.of("operator", "Exists"))
                        : tolerated.stream()
                                .map(key -> Map.of("key", key, "operator", "Exists"))
                                .toList());
        spec.put(
                "containers",
                List.of(Map.of(
                        "name",
                        "main",
                        "image",
                        "registry.example.com/" + name + ":1",
                        "resources",
                        Map.of("requests", resources, "limits", resources))));
        return spec;
    }
}
