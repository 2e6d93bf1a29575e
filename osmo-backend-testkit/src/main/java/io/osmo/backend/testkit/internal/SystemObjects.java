// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Manifests of what a managed Kubernetes service installs in its clusters.
 *
 * @param images registry and path that the names of images begin with
 * @param replicas pods of each Deployment
 */
public record SystemObjects(String images, int replicas) {
    private static final List<Map<String, String>> AVAILABLE = List.of(Map.of("type", "Available", "status", "True"));

    /** A Deployment that is available. */
    public Map<String, Object> deployment(String namespace, String name) {
        return Map.of(
                "apiVersion", "apps/v1",
                "kind", "Deployment",
                "metadata", Map.of("name", name, "namespace", namespace, "generation", 1),
                "spec", Map.of("replicas", replicas, "selector", selector(name), "template", template(name)),
                "status",
                        Map.of(
                                "observedGeneration", 1,
                                "replicas", replicas,
                                "readyReplicas", replicas,
                                "availableReplicas", replicas,
                                "updatedReplicas", replicas,
                                "conditions", AVAILABLE));
    }

    /** A DaemonSet of {@code kube-system}; the cluster counts its pods. */
    public Map<String, Object> daemonSet(String name) {
        return Map.of(
                "apiVersion", "apps/v1",
                "kind", "DaemonSet",
                "metadata", Map.of("name", name, "namespace", "kube-system", "generation", 1),
                "spec", Map.of("selector", selector(name), "template", template(name)),
                "status",
                        Map.of(
                                "observedGeneration", 1,
                                "currentNumberScheduled", 0,
                                "desiredNumberScheduled", 0,
                                "numberMisscheduled", 0,
                                "numberReady", 0,
                                "numberAvailable", 0));
    }

    /** The registration of the metrics server's API. */
    public static Map<String, Object> metricsApi() {
        return Map.of(
                "apiVersion", "apiregistration.k8s.io/v1",
                "kind", "APIService",
                "metadata", Map.of("name", "v1beta1.metrics.k8s.io"),
                "spec",
                        Map.of(
                                "group",
                                "metrics.k8s.io",
                                "version",
                                "v1beta1",
                                "groupPriorityMinimum",
                                100,
                                "versionPriority",
                                100,
                                "service",
                                Map.of("name", "metrics-server", "namespace", "kube-system")),
                "status", Map.of("conditions", AVAILABLE));
    }

    public static Map<String, Object> csiDriver(String name, boolean attachRequired, boolean podInfoOnMount) {
        return Map.of(
                "apiVersion",
                "storage.k8s.io/v1",
                "kind",
                "CSIDriver",
                "metadata",
                Map.of("name", name),
                "spec",
                Map.of("attachRequired", attachRequired, "podInfoOnMount", podInfoOnMount));
    }

    /**
     * A storage class whose volumes can grow and are deleted with their claims.
     *
     * @param metadata labels and annotations; the name is added
     * @param waits whether a volume is created in the zone of its first pod, not as soon as it is claimed
     */
    public static Map<String, Object> storageClass(
            String name, Map<String, ?> metadata, String provisioner, Map<String, String> parameters, boolean waits) {
        Map<String, Object> named = new LinkedHashMap<>(metadata);
        named.put("name", name);
        return Map.of(
                "apiVersion",
                "storage.k8s.io/v1",
                "kind",
                "StorageClass",
                "metadata",
                named,
                "provisioner",
                provisioner,
                "parameters",
                parameters,
                "reclaimPolicy",
                "Delete",
                "allowVolumeExpansion",
                true,
                "volumeBindingMode",
                waits ? "WaitForFirstConsumer" : "Immediate");
    }

    private static Map<String, Object> selector(String name) {
        return Map.of("matchLabels", Map.of("k8s-app", name));
    }

    private Map<String, Object> template(String name) {
        return Map.of(
                "metadata", Map.of("labels", Map.of("k8s-app", name)),
                "spec", Map.of("containers", List.of(Map.of("name", name, "image", images + "/" + name))));
    }
}
