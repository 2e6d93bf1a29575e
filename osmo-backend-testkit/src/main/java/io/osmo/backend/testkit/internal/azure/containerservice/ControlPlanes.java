// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.containerservice;

import io.osmo.backend.testkit.cluster.Distribution;
import io.osmo.backend.testkit.cluster.EmulatedCluster;
import io.osmo.backend.testkit.cluster.EmulatedClusters;
import io.osmo.backend.testkit.internal.SystemObjects;
import io.osmo.backend.testkit.internal.azure.arm.Resource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The Kubernetes side of clusters, and what AKS installs in them. */
public final class ControlPlanes {
    /** What Microsoft installs. */
    public static final SystemObjects OBJECTS = new SystemObjects("mcr.microsoft.com/oss/kubernetes", 2);

    private static final String DISK_DRIVER = "disk.csi.azure.com";
    private static final String FILE_DRIVER = "file.csi.azure.com";

    private final EmulatedClusters clusters;

    ControlPlanes(EmulatedClusters clusters) {
        this.clusters = clusters;
    }

    /** Name among the emulated clusters, and path of the API. */
    private static String key(Resource cluster) {
        return cluster.id.group().toLowerCase(Locale.ROOT) + "-" + cluster.name();
    }

    /** Empty while the cluster is being created. */
    public Optional<EmulatedCluster> find(Resource cluster) {
        return clusters.find(key(cluster));
    }

    void remove(Resource cluster) {
        clusters.remove(key(cluster));
    }

    /** @param zoned whether nodes are in zones; then the built-in storage classes are zone-redundant */
    void create(Resource cluster, String version, boolean zoned) {
        EmulatedCluster plane = clusters.create(key(cluster), Distribution.AKS, version);
        installStorage(plane, zoned ? "ZRS" : "LRS");
        for (String name :
                List.of("coredns", "coredns-autoscaler", "metrics-server", "konnectivity-agent", "azure-wi-webhook")) {
            plane.put(OBJECTS.deployment("kube-system", name));
        }
        plane.put(SystemObjects.metricsApi());
        for (String name : List.of(
                "azure-cns", "azure-ip-masq-agent", "cloud-node-manager", "csi-azuredisk-node", "csi-azurefile-node")) {
            plane.put(OBJECTS.daemonSet(name));
        }
        String policy = cluster.properties().at("/networkProfile/networkPolicy").asText("");
        if (!policy.equals("cilium")) {
            plane.put(OBJECTS.daemonSet("kube-proxy"));
        }
        if (!policy.isEmpty() && !policy.equals("none")) {
            plane.put(OBJECTS.daemonSet(
                    switch (policy) {
                        case "cilium" -> "cilium";
                        case "calico" -> "calico-node";
                        default -> "azure-npm";
                    }));
        }
    }

    private static void installStorage(EmulatedCluster plane, String redundancy) {
        String standard = "StandardSSD_" + redundancy;
        String premium = "Premium_" + redundancy;
        plane.put(diskClass("default", standard, Map.of("storageclass.kubernetes.io/is-default-class", "true")));
        plane.put(diskClass("managed", standard, Map.of()));
        plane.put(diskClass("managed-csi", standard, Map.of()));
        plane.put(diskClass("managed-premium", premium, Map.of()));
        plane.put(diskClass("managed-csi-premium", premium, Map.of()));
        for (String name : List.of("azurefile", "azurefile-csi", "azurefile-premium", "azurefile-csi-premium")) {
            String sku = name.endsWith("premium") ? "Premium_LRS" : "Standard_LRS";
            plane.put(SystemObjects.storageClass(name, Map.of(), FILE_DRIVER, Map.of("skuName", sku), false));
        }
        plane.put(SystemObjects.csiDriver(DISK_DRIVER, true, true));
        plane.put(SystemObjects.csiDriver(FILE_DRIVER, false, true));
        plane.drivers(List.of(DISK_DRIVER, FILE_DRIVER));
    }

    private static Map<String, Object> diskClass(String name, String sku, Map<String, String> annotations) {
        Map<String, String> labels =
                Map.of("addonmanager.kubernetes.io/mode", "EnsureExists", "kubernetes.io/cluster-service", "true");
        return SystemObjects.storageClass(
                name, Map.of("annotations", annotations, "labels", labels), DISK_DRIVER, Map.of("skuname", sku), true);
    }
}
