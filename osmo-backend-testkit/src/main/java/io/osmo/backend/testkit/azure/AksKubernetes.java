// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.azure;

import io.osmo.backend.testkit.cluster.Distribution;
import io.osmo.backend.testkit.cluster.EmulatedCluster;
import io.osmo.backend.testkit.cluster.EmulatedClusters;
import io.osmo.backend.testkit.internal.SystemObjects;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Kubernetes side of AKS: what a new cluster holds. */
final class AksKubernetes {
    static final SystemObjects OBJECTS = new SystemObjects("mcr.microsoft.com/oss/kubernetes", 2);
    private static final String DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class";

    private final EmulatedClusters clusters;

    AksKubernetes(EmulatedClusters clusters) {
        this.clusters = clusters;
    }

    /** Name among the emulated clusters, and path of its API. */
    static String key(Resource cluster) {
        return cluster.id.group().toLowerCase(java.util.Locale.ROOT) + "-" + cluster.name();
    }

    Optional<EmulatedCluster> find(Resource cluster) {
        return clusters.find(key(cluster));
    }

    void remove(Resource cluster) {
        clusters.remove(key(cluster));
    }

    /**
     * A cluster as AKS hands it over.
     *
     * @param zoned whether nodes are in zones: the built-in classes are zone-redundant then
     */
    EmulatedCluster create(Resource cluster, String version, boolean zoned) {
        EmulatedCluster plane = clusters.create(key(cluster), Distribution.AKS, version);
        String standard = zoned ? "StandardSSD_ZRS" : "StandardSSD_LRS";
        String premium = zoned ? "Premium_ZRS" : "Premium_LRS";
        plane.put(diskClass("default", standard, Map.of(DEFAULT_CLASS, "true")));
        plane.put(diskClass("managed", standard, Map.of()));
        plane.put(diskClass("managed-csi", standard, Map.of()));
        plane.put(diskClass("managed-premium", premium, Map.of()));
        plane.put(diskClass("managed-csi-premium", premium, Map.of()));
        for (String name : List.of("azurefile", "azurefile-csi", "azurefile-premium", "azurefile-csi-premium")) {
            plane.put(Map.of(
                    "apiVersion", "storage.k8s.io/v1",
                    "kind", "StorageClass",
                    "metadata", Map.of("name", name),
                    "provisioner", "file.csi.azure.com",
                    "parameters", Map.of("skuName", name.endsWith("premium") ? "Premium_LRS" : "Standard_LRS"),
                    "reclaimPolicy", "Delete",
                    "allowVolumeExpansion", true,
                    "volumeBindingMode", "Immediate"));
        }
        for (String driver : List.of("disk.csi.azure.com", "file.csi.azure.com")) {
            plane.put(SystemObjects.csiDriver(driver, driver.startsWith("disk"), true));
        }
        plane.drivers(List.of("disk.csi.azure.com", "file.csi.azure.com"));
        for (String name :
                List.of("coredns", "coredns-autoscaler", "metrics-server", "konnectivity-agent", "azure-wi-webhook")) {
            plane.put(OBJECTS.deployment("kube-system", name));
        }
        plane.put(SystemObjects.metricsApi());
        String policy = cluster.properties().at("/networkProfile/networkPolicy").asText("");
        String agent = policy.equals("cilium") ? "cilium" : policy.equals("calico") ? "calico-node" : "azure-npm";
        for (String name : List.of(
                "azure-cns",
                "azure-ip-masq-agent",
                "cloud-node-manager",
                "csi-azuredisk-node",
                "csi-azurefile-node",
                "kube-proxy",
                agent)) {
            boolean absent = name.equals("kube-proxy") && policy.equals("cilium")
                    || name.equals(agent) && (policy.isEmpty() || policy.equals("none"));
            if (!absent) {
                plane.put(OBJECTS.daemonSet(name));
            }
        }
        return plane;
    }

    private static Map<String, Object> diskClass(String name, String sku, Map<String, String> annotations) {
        return Map.of(
                "apiVersion", "storage.k8s.io/v1",
                "kind", "StorageClass",
                "metadata",
                        Map.of(
                                "name", name,
                                "annotations", annotations,
                                "labels",
                                        Map.of(
                                                "addonmanager.kubernetes.io/mode", "EnsureExists",
                                                "kubernetes.io/cluster-service", "true")),
                "provisioner", "disk.csi.azure.com",
                "parameters", Map.of("skuname", sku),
                "reclaimPolicy", "Delete",
                "allowVolumeExpansion", true,
                "volumeBindingMode", "WaitForFirstConsumer");
    }
}
