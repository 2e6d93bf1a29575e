// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.container;

import com.google.container.v1.Cluster;
import io.osmo.backend.testkit.cluster.Distribution;
import io.osmo.backend.testkit.cluster.EmulatedCluster;
import io.osmo.backend.testkit.cluster.EmulatedClusters;
import io.osmo.backend.testkit.internal.SystemObjects;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What GKE installs in each of its clusters. */
final class ClusterObjects {
    private static final String DISK_DRIVER = "pd.csi.storage.gke.io";

    private static final SystemObjects OBJECTS = new SystemObjects("gke.gcr.io", 1);

    private ClusterObjects() {}

    /** A certificate authority in the form in which GKE returns it. It signs nothing, since emulated API servers do not use TLS. */
    static String certificateAuthority() {
        String pem = "-----BEGIN CERTIFICATE-----\nZW11bGF0ZWQ=\n-----END CERTIFICATE-----\n";
        return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));
    }

    /** Creates the API server of a cluster. */
    static void create(EmulatedClusters clusters, String name, Cluster cluster) {
        EmulatedCluster kubernetes = clusters.create(name, Distribution.GKE, cluster.getCurrentMasterVersion());
        storageClass(kubernetes, "standard-rwo", "pd-balanced", true);
        storageClass(kubernetes, "premium-rwo", "pd-ssd", false);
        storageClass(kubernetes, "standard", "pd-standard", false);
        if (cluster.getAddonsConfig().getGcePersistentDiskCsiDriverConfig().getEnabled()) {
            kubernetes.put(SystemObjects.csiDriver(DISK_DRIVER, true, false));
            kubernetes.drivers(List.of(DISK_DRIVER));
            kubernetes.put(OBJECTS.daemonSet("pdcsi-node"));
        }
        List.of("fluentbit-gke", "gke-metrics-agent", "gke-metadata-server", "netd", "anetd")
                .forEach(agent -> kubernetes.put(OBJECTS.daemonSet(agent)));
        List.of("kube-dns", "konnectivity-agent", "metrics-server-v1.35.0", "event-exporter-gke", "l7-default-backend")
                .forEach(service -> kubernetes.put(OBJECTS.deployment("kube-system", service)));
        if (cluster.getAddonsConfig().getGkeBackupAgentConfig().getEnabled()) {
            kubernetes.put(OBJECTS.deployment("kube-system", "gkebackup-agent"));
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
}
