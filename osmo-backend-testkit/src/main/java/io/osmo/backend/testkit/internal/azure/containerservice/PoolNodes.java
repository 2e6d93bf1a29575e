// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.containerservice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.cluster.IpRange;
import io.osmo.backend.testkit.cluster.EmulatedNode;
import io.osmo.backend.testkit.cluster.NodeImage;
import io.osmo.backend.testkit.internal.azure.arm.AzureSubscription;
import io.osmo.backend.testkit.internal.azure.arm.Json;
import io.osmo.backend.testkit.internal.azure.arm.Resource;
import io.osmo.backend.testkit.internal.azure.compute.VmSizes;
import io.osmo.backend.testkit.internal.azure.compute.VmSizes.VmSize;
import io.osmo.backend.testkit.internal.azure.network.Cidrs;
import io.osmo.backend.testkit.internal.azure.network.Subnets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The nodes of a pool as they appear in the cluster. */
final class PoolNodes {
    static final String POOL_LABEL = "kubernetes.azure.com/agentpool";

    private final AzureSubscription azure;
    private final Resource cluster;
    private final Resource pool;
    private final Resource scaleSet;
    private final Release release;

    /** @param release of nodes that are installed */
    PoolNodes(AzureSubscription azure, Resource cluster, Resource pool, Resource scaleSet, Release release) {
        this.azure = azure;
        this.cluster = cluster;
        this.pool = pool;
        this.scaleSet = scaleSet;
        this.release = release;
    }

    /** A node on a new machine. */
    EmulatedNode next(String zone) {
        int instance = scaleSet.computed.path("next").asInt();
        scaleSet.computed.put("next", instance + 1);
        return node(instance, zone, release);
    }

    /** A node that was reinstalled on the same machine, with the pool's current configuration. */
    EmulatedNode reimaged(EmulatedNode node) {
        return node(instance(node), zoneNumber(node), release);
    }

    /** A node on the same machine, as the pool is now, with what is installed on it. */
    EmulatedNode current(EmulatedNode node) {
        return node(instance(node), zoneNumber(node), Release.of(node));
    }

    static int instance(EmulatedNode node) {
        String id = node.providerId();
        return Integer.parseInt(id.substring(id.lastIndexOf('/') + 1));
    }

    /** {@code 1} of {@code eastus2-1}; empty for a node that is in no zone. */
    static String zoneNumber(EmulatedNode node) {
        String zone = node.zone();
        return zone.contains("-") ? zone.substring(zone.lastIndexOf('-') + 1) : "";
    }

    private EmulatedNode node(int instance, String zone, Release installed) {
        ObjectNode properties = pool.properties();
        VmSize size = VmSizes.find(pool.text("vmSize")).orElseThrow();
        String host = scaleSet.name()
                + String.format("%6s", Integer.toString(instance, 36)).replace(' ', '0');
        String version = installed.version();
        return new EmulatedNode(
                host,
                "azure://" + scaleSet.key + "/virtualMachines/" + instance,
                new EmulatedNode.Place(
                        cluster.location(), zone.isEmpty() ? "0" : cluster.location() + "-" + zone, address(host)),
                new EmulatedNode.Machine(
                        size.name(),
                        size.architecture().equals("Arm64") ? "arm64" : "amd64",
                        size.vcpus(),
                        size.memoryGib(),
                        properties.path("osDiskSizeGB").asInt(),
                        size.gpus()),
                image(pool.text("osSKU"), version),
                new EmulatedNode.Kubelet(
                        "v" + version, properties.path("maxPods").asInt()),
                labels(size, installed),
                Json.strings(properties.path("nodeTaints")).stream()
                        .map(PoolNodes::taint)
                        .toList(),
                false);
    }

    private Map<String, String> labels(VmSize size, Release installed) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("agentpool", pool.name());
        labels.put(POOL_LABEL, pool.name());
        labels.put("kubernetes.azure.com/cluster", cluster.text("nodeResourceGroup"));
        labels.put("kubernetes.azure.com/mode", pool.text("mode").toLowerCase(Locale.ROOT));
        labels.put("kubernetes.azure.com/os-sku", pool.text("osSKU"));
        labels.put(Release.IMAGE_LABEL, installed.image());
        labels.put("kubernetes.azure.com/role", "agent");
        labels.put("storageprofile", "managed");
        if (size.gpus() > 0) {
            labels.put("kubernetes.azure.com/accelerator", "nvidia");
            labels.put("accelerator", "nvidia");
        }
        labels.putAll(Json.map(pool.properties().path("nodeLabels")));
        return labels;
    }

    private String address(String host) {
        IpRange range =
                azure.find(pool.text("vnetSubnetID")).map(Subnets::range).orElse(Cidrs.range("10.224.0.0/16"));
        long usable = Math.max(1, Subnets.usable(range));
        return range.addressAt(4 + Long.parseLong(AzureSubscription.digits(host, 9)) % usable);
    }

    private static EmulatedNode.Taint taint(String text) {
        String[] parts = text.split("[=:]", -1);
        return parts.length == 3
                ? new EmulatedNode.Taint(parts[0], parts[1], parts[2])
                : new EmulatedNode.Taint(parts[0], "", parts[1]);
    }

    /** Images of July 2026; the SKU {@code Ubuntu} is 24.04 from Kubernetes 1.35 on. */
    private static NodeImage image(String sku, String version) {
        if (isNoble(sku, version)) {
            return new NodeImage("Ubuntu 24.04.3 LTS", "6.8.0-1041-azure", "containerd://2.3.2-ubuntu24.04u1");
        }
        if (sku.startsWith("AzureLinux") || sku.equals("CBLMariner")) {
            return new NodeImage("Microsoft Azure Linux 3.0", "6.6.104.2-4.azl3", "containerd://2.2.4");
        }
        return new NodeImage("Ubuntu 22.04.5 LTS", "5.15.0-1098-azure", "containerd://1.7.33-ubuntu22.04u1");
    }

    private static boolean isNoble(String sku, String version) {
        return sku.equals("Ubuntu2404") || sku.equals("Ubuntu") && Versions.number(version) >= 35;
    }

    /** Name of the images of a pool, without their release. */
    static String imageName(String sku, String version) {
        return sku.startsWith("AzureLinux")
                ? "AKSAzureLinux-V3gen2"
                : isNoble(sku, version) ? "AKSUbuntu-2404gen2containerd" : "AKSUbuntu-2204gen2containerd";
    }
}
