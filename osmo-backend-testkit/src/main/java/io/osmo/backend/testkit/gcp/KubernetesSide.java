// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.gcp;

import com.google.container.v1.Cluster;
import io.osmo.backend.testkit.cluster.Distribution;
import io.osmo.backend.testkit.cluster.EmulatedCluster;
import io.osmo.backend.testkit.cluster.EmulatedClusters;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What GKE itself puts into each of its clusters. */
final class KubernetesSide {
    private static final String DISK_DRIVER = "pd.csi.storage.gke.io";

    private KubernetesSide() {}

    /** A certificate authority in the form that GKE gives it; nobody signs with it, since the API is spoken without TLS. */
    static String certificateAuthority() {
        String pem = "-----BEGIN CERTIFICATE-----\nZW11bGF0ZWQ=\n-----END CERTIFICATE-----\n";
        return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));
    }

    static void create(EmulatedClusters clusters, String name, Cluster cluster) {
        EmulatedCluster kubernetes = clusters.create(name, Distribution.GKE, cluster.getCurrentMasterVersion());
        storageClass(kubernetes, "standard-rwo", "pd-balanced", true);
        storageClass(kubernetes, "premium-rwo", "pd-ssd", false);
        storageClass(kubernetes, "standard", "pd-standard", false);
        if (cluster.getAddonsConfig().getGcePersistentDiskCsiDriverConfig().getEnabled()) {
            kubernetes.put(Map.of(
                    "apiVersion",
                    "storage.k8s.io/v1",
                    "kind",
                    "CSIDriver",
                    "metadata",
                    Map.of("name", DISK_DRIVER),
                    "spec",
                    Map.of("attachRequired", true, "podInfoOnMount", false)));
            kubernetes.drivers(List.of(DISK_DRIVER));
            workload(kubernetes, "DaemonSet", "pdcsi-node");
        }
        List.of("fluentbit-gke", "gke-metrics-agent", "gke-metadata-server", "netd", "anetd")
                .forEach(agent -> workload(kubernetes, "DaemonSet", agent));
        List.of("kube-dns", "konnectivity-agent", "metrics-server-v1.35.0", "event-exporter-gke", "l7-default-backend")
                .forEach(service -> workload(kubernetes, "Deployment", service));
        if (cluster.getAddonsConfig().getGkeBackupAgentConfig().getEnabled()) {
            workload(kubernetes, "Deployment", "gkebackup-agent");
        }
    }

    private static void storageClass(EmulatedCluster kubernetes, String name, String type, boolean isDefault) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", name);
        metadata.put(
                "labels",
                Map.of(
                        "addonmanager.kubernetes.io/mode",
                        "EnsureExists",
                        "k8s-app",
                        "gcp-compute-persistent-disk-csi-driver"));
        if (isDefault) {
            metadata.put("annotations", Map.of("storageclass.kubernetes.io/is-default-class", "true"));
        }
        kubernetes.put(Map.of(
                "apiVersion",
                "storage.k8s.io/v1",
                "kind",
                "StorageClass",
                "metadata",
                metadata,
                "provisioner",
                name.equals("standard") ? "kubernetes.io/gce-pd" : DISK_DRIVER,
                "parameters",
                Map.of("type", type),
                "reclaimPolicy",
                "Delete",
                "allowVolumeExpansion",
                true,
                "volumeBindingMode",
                name.equals("standard") ? "Immediate" : "WaitForFirstConsumer"));
    }

    private static void workload(EmulatedCluster kubernetes, String kind, String name) {
        boolean daemon = kind.equals("DaemonSet");
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("apiVersion", "apps/v1");
        manifest.put("kind", kind);
        manifest.put("metadata", Map.of("name", name, "namespace", "kube-system", "generation", 1));
        manifest.put(
                "spec",
                Map.of(
                        "selector", Map.of("matchLabels", Map.of("k8s-app", name)),
                        "template",
                                Map.of(
                                        "metadata", Map.of("labels", Map.of("k8s-app", name)),
                                        "spec",
                                                Map.of(
                                                        "containers",
                                                        List.of(Map.of(
                                                                "name", name, "image", "gke.gcr.io/" + name))))));
        manifest.put(
                "status",
                daemon
                        ? Map.of("observedGeneration", 1)
                        : Map.of(
                                "observedGeneration", 1,
                                "replicas", 1,
                                "readyReplicas", 1,
                                "availableReplicas", 1,
                                "updatedReplicas", 1,
                                "conditions", List.of(Map.of("type", "Available", "status", "True"))));
        kubernetes.put(manifest);
    }
}
