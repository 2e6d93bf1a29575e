// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.azure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.azure.VmSizes.VmSize;
import io.osmo.backend.testkit.cluster.EmulatedCluster;
import io.osmo.backend.testkit.cluster.EmulatedNode;
import io.osmo.backend.testkit.cluster.NodeImage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The node resource group of a cluster: scale sets with their machines, load balancers, disks, and the nodes they make. */
final class NodeResources {
    private static final String SUBNET =
            "/properties/virtualMachineProfile/networkProfile/networkInterfaceConfigurations/0/properties/ipConfigurations"
                    + "/0/properties/subnet/id";
    private static final String ENCRYPTION =
            "/properties/virtualMachineProfile/storageProfile/osDisk/managedDisk/diskEncryptionSet/id";

    private final AzureSubscription azure;
    private final AksKubernetes kubernetes;
    private final ResourceGroups groups;
    private final NetworkType securityGroups;
    private final LoadBalancers balancers;
    private final PublicAddresses addresses;
    private final Identities identities;
    final PlainType scaleSets;
    final PlainType disks;

    NodeResources(
            AzureSubscription azure,
            AksKubernetes kubernetes,
            ResourceGroups groups,
            NetworkType securityGroups,
            LoadBalancers balancers,
            PublicAddresses addresses,
            Identities identities) {
        this.azure = azure;
        this.kubernetes = kubernetes;
        this.groups = groups;
        this.securityGroups = securityGroups;
        this.balancers = balancers;
        this.addresses = addresses;
        this.identities = identities;
        this.scaleSets = new PlainType(
                azure,
                "Microsoft.Compute/virtualMachineScaleSets",
                true,
                List.of(SUBNET, ENCRYPTION),
                "2025-04-01",
                "2024-11-01",
                "2024-07-01",
                "2024-03-01");
        this.disks = new PlainType(
                azure,
                "Microsoft.Compute/disks",
                true,
                List.of("/properties/encryption/diskEncryptionSetId"),
                "2025-01-02",
                "2024-03-02",
                "2023-10-02");
    }

    private String groupId(Resource cluster) {
        return "/subscriptions/" + azure.id + "/resourceGroups/" + cluster.text("nodeResourceGroup");
    }

    private ArmId id(Resource cluster, String type, String name) {
        return ArmId.of(groupId(cluster) + "/providers/" + type + "/" + name);
    }

    /** The group with what every cluster has in it. */
    void create(Resource cluster) {
        ObjectNode group = Json.object().put("location", cluster.location()).put("managedBy", cluster.id.text());
        Json.at(group, "tags")
                .put("aks-managed-cluster-name", cluster.name())
                .put("aks-managed-cluster-rg", cluster.id.group());
        cluster.body
                .path("tags")
                .fields()
                .forEachRemaining(tag -> Json.at(group, "tags").set(tag.getKey(), tag.getValue()));
        azure.put(ArmId.of(groupId(cluster)), groups, group);
        ObjectNode here = Json.object().put("location", cluster.location());
        Json.at(here, "properties");
        String number = AzureSubscription.digits(cluster.id.key(), 8);
        azure.put(
                id(cluster, "Microsoft.Network/networkSecurityGroups", "aks-agentpool-" + number + "-nsg"),
                securityGroups,
                here.deepCopy());
        Resource kubelet = azure.put(
                id(cluster, identities.name, cluster.name() + "-agentpool"),
                identities,
                Json.object().put("location", cluster.location()));
        identities.complete(kubelet, true);
        if (cluster.properties().at("/networkProfile/outboundType").asText().equals("loadBalancer")) {
            plantBalancer(cluster, "kubernetes", "outbound");
        }
    }

    Optional<Resource> kubeletIdentity(Resource cluster) {
        return azure.find(
                id(cluster, identities.name, cluster.name() + "-agentpool").text());
    }

    void remove(Resource cluster) {
        azure.find(groupId(cluster)).ifPresent(azure::remove);
    }

    /** A load balancer with a public address, as the cloud controller makes one for a Service. */
    void plantBalancer(Resource cluster, String name, String service) {
        ObjectNode address = Json.object().put("location", cluster.location());
        Json.at(address, "sku").put("name", "Standard");
        Json.at(address, "properties").put("publicIPAllocationMethod", "Static");
        Json.at(address, "tags").put("k8s-azure-service", service).put("k8s-azure-cluster-name", cluster.name());
        Resource planted = azure.put(
                id(cluster, addresses.name, "kubernetes-" + AzureSubscription.digits(service, 10)), addresses, address);
        addresses.complete(planted, true);
        ObjectNode balancer = Json.object().put("location", cluster.location());
        Json.at(balancer, "sku").put("name", "Standard");
        Json.at(balancer, "properties")
                .putArray("frontendIPConfigurations")
                .addObject()
                .put("name", "front-" + AzureSubscription.digits(service, 6))
                .putObject("properties")
                .putObject("publicIPAddress")
                .put("id", planted.id.text());
        azure.put(id(cluster, balancers.name, name + "-" + AzureSubscription.digits(service, 4)), balancers, balancer);
    }

    /** A disk, as the CSI driver makes one for a claim. */
    void plantDisk(Resource cluster, String claim) {
        ObjectNode disk = Json.object().put("location", cluster.location());
        Json.at(disk, "sku").put("name", "Premium_LRS");
        ObjectNode properties = Json.at(disk, "properties");
        properties.put("diskSizeGB", 10).putObject("creationData").put("createOption", "Empty");
        Json.at(disk, "tags")
                .put("k8s-azure-created-by", "kubernetes-azure-dd")
                .put("kubernetes.io-created-for-pvc-name", claim)
                .put("kubernetes.io-created-for-pvc-namespace", "default");
        azure.put(id(cluster, disks.name, "pvc-" + azure.uuid()), disks, disk);
    }

    // ------------------------------------------------------------------------------------------ machines

    private String scaleSetName(Resource cluster, Resource pool) {
        return "aks-" + pool.name() + "-" + AzureSubscription.digits(cluster.id.key(), 8) + "-vmss";
    }

    private List<EmulatedNode> nodes(EmulatedCluster plane, Resource pool) {
        return plane.nodes().stream()
                .filter(n -> pool.name().equals(n.labels().get("kubernetes.azure.com/agentpool")))
                .toList();
    }

    /** Brings a pool to its size and version; refused when machines cannot be had. */
    Optional<ArmError> reconcile(Resource cluster, Resource pool) {
        EmulatedCluster plane = kubernetes.find(cluster).orElseThrow();
        ArmId setId = id(cluster, scaleSets.name, scaleSetName(cluster, pool));
        boolean stopped = cluster.actual.path("stopped").asBoolean();
        int wanted =
                stopped || pool.properties().at("/powerState/code").asText().equals("Stopped")
                        ? 0
                        : pool.properties().path("count").asInt();
        Resource set = azure.find(setId.text()).orElseGet(() -> azure.put(setId, scaleSets, scaleSet(cluster, pool)));
        List<EmulatedNode> running = new ArrayList<>(nodes(plane, pool));
        while (running.size() > wanted) {
            plane.removeNode(running.remove(running.size() - 1).name());
        }
        VmSize size = VmSizes.find(pool.text("vmSize")).orElseThrow();
        Optional<ArmError> error = Optional.empty();
        while (running.size() < wanted && error.isEmpty()) {
            Optional<String> zone = zone(cluster, pool, size, running);
            if (zone.isEmpty()) {
                error = Optional.of(stockOut(pool, size));
            } else {
                int instance = set.actual.path("next").asInt();
                set.actual.put("next", instance + 1);
                EmulatedNode node = node(cluster, pool, size, set, instance, zone.get());
                plane.addNode(node);
                running.add(node);
            }
        }
        for (int i = 0; i < running.size(); i++) {
            EmulatedNode old = running.get(i);
            int instance =
                    Integer.parseInt(old.providerId().substring(old.providerId().lastIndexOf('/') + 1));
            String zone =
                    old.zone().contains("-") ? old.zone().substring(old.zone().lastIndexOf('-') + 1) : "";
            plane.addNode(node(cluster, pool, size, set, instance, zone));
        }
        set.body
                .putObject("sku")
                .put("name", size.name())
                .put("tier", "Standard")
                .put("capacity", running.size());
        return error;
    }

    void removePool(Resource cluster, Resource pool) {
        kubernetes.find(cluster).ifPresent(plane -> nodes(plane, pool).forEach(n -> plane.removeNode(n.name())));
        azure.find(id(cluster, scaleSets.name, scaleSetName(cluster, pool)).text())
                .ifPresent(azure::remove);
    }

    private ObjectNode scaleSet(Resource cluster, Resource pool) {
        ObjectNode body = Json.object().put("location", cluster.location());
        body.set("zones", pool.properties().path("availabilityZones").deepCopy());
        Json.at(body, "tags")
                .put("aks-managed-poolName", pool.name())
                .put("aks-managed-orchestrator", "Kubernetes:" + pool.text("currentOrchestratorVersion"));
        ObjectNode profile = Json.at(body, "properties", "virtualMachineProfile");
        String subnet = pool.text("vnetSubnetID");
        ObjectNode configuration = Json.at(profile, "networkProfile")
                .putArray("networkInterfaceConfigurations")
                .addObject()
                .put("name", scaleSetName(cluster, pool));
        ObjectNode address = Json.at(configuration, "properties")
                .putArray("ipConfigurations")
                .addObject()
                .put("name", "ipconfig1");
        if (!subnet.isEmpty()) {
            Json.at(address, "properties", "subnet").put("id", subnet);
        }
        String encryption = cluster.text("diskEncryptionSetID");
        if (!encryption.isEmpty()) {
            Json.at(profile, "storageProfile", "osDisk", "managedDisk", "diskEncryptionSet")
                    .put("id", encryption);
        }
        return body;
    }

    /** The emptiest zone of the pool that has machines; an empty text where there are no zones. */
    private Optional<String> zone(Resource cluster, Resource pool, VmSize size, List<EmulatedNode> running) {
        List<String> zones = Json.strings(pool.properties().path("availabilityZones"));
        String region = cluster.location();
        if (zones.isEmpty()) {
            boolean gone = azure.faults.isStockedOut(size.name(), region);
            return gone ? Optional.empty() : Optional.of("");
        }
        Map<String, Integer> load = new HashMap<>();
        running.forEach(n -> load.merge(n.zone(), 1, Integer::sum));
        return zones.stream()
                .filter(z -> !azure.faults.isStockedOut(size.name(), region + "-" + z)
                        && !azure.faults.isStockedOut(size.name(), region))
                .min(java.util.Comparator.comparing(z -> load.getOrDefault(region + "-" + z, 0)));
    }

    private static ArmError stockOut(Resource pool, VmSize size) {
        boolean zonal = !pool.properties().path("availabilityZones").isEmpty();
        return ArmError.conflict(
                zonal ? "ZonalAllocationFailed" : "AllocationFailed",
                "Allocation failed. We do not have sufficient capacity for the requested VM size " + size.name()
                        + " in this " + (zonal ? "zone" : "region")
                        + ". Read more about improving likelihood of allocation success at"
                        + " http://aka.ms/allocation-guidance");
    }

    private EmulatedNode node(Resource cluster, Resource pool, VmSize size, Resource set, int instance, String zone) {
        ObjectNode properties = pool.properties();
        String host = set.name()
                + String.format("%6s", Integer.toString(instance, 36)).replace(' ', '0');
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("agentpool", pool.name());
        labels.put("kubernetes.azure.com/agentpool", pool.name());
        labels.put("kubernetes.azure.com/cluster", cluster.text("nodeResourceGroup"));
        labels.put("kubernetes.azure.com/mode", pool.text("mode").toLowerCase(Locale.ROOT));
        labels.put("kubernetes.azure.com/os-sku", pool.text("osSKU"));
        labels.put(
                "kubernetes.azure.com/node-image-version",
                pool.actual.path("nodeImageVersion").asText());
        labels.put("kubernetes.azure.com/role", "agent");
        labels.put("storageprofile", "managed");
        if (size.gpus() > 0) {
            labels.put("kubernetes.azure.com/accelerator", "nvidia");
            labels.put("accelerator", "nvidia");
        }
        labels.putAll(Json.map(properties.path("nodeLabels")));
        List<EmulatedNode.Taint> taints = Json.strings(properties.path("nodeTaints")).stream()
                .map(NodeResources::taint)
                .toList();
        String version = pool.actual.path("currentOrchestratorVersion").asText();
        return new EmulatedNode(
                host,
                "azure://" + set.id.key() + "/virtualMachines/" + instance,
                size.name(),
                cluster.location(),
                zone.isEmpty() ? "0" : cluster.location() + "-" + zone,
                size.architecture().equals("Arm64") ? "arm64" : "amd64",
                address(pool, host),
                "v" + version,
                labels,
                taints,
                size.vcpus(),
                size.memoryGib(),
                properties.path("maxPods").asInt(),
                properties.path("osDiskSizeGB").asInt(),
                size.gpus(),
                image(pool.text("osSKU"), version));
    }

    private String address(Resource pool, String host) {
        Cidr range = azure.find(pool.text("vnetSubnetID")).map(Subnets::range).orElse(Cidr.of("10.224.0.0/16"));
        long room = Math.max(1, range.size() - Subnets.KEPT);
        return range.address(4 + Long.parseLong(AzureSubscription.digits(host, 9)) % room);
    }

    private static EmulatedNode.Taint taint(String text) {
        String[] parts = text.split("[=:]", -1);
        return parts.length == 3
                ? new EmulatedNode.Taint(parts[0], parts[1], parts[2])
                : new EmulatedNode.Taint(parts[0], "", parts[1]);
    }

    /** The {@code Ubuntu} SKU is 24.04 from 1.35 on; images of July 2026. */
    static NodeImage image(String sku, String version) {
        boolean noble = sku.equals("Ubuntu2404") || sku.equals("Ubuntu") && AksVersions.number(version) >= 35;
        if (noble) {
            return new NodeImage("Ubuntu 24.04.3 LTS", "6.8.0-1041-azure", "containerd://2.3.2-ubuntu24.04u1");
        }
        if (sku.startsWith("AzureLinux") || sku.equals("CBLMariner")) {
            return new NodeImage("Microsoft Azure Linux 3.0", "6.6.104.2-4.azl3", "containerd://2.2.4");
        }
        return new NodeImage("Ubuntu 22.04.5 LTS", "5.15.0-1098-azure", "containerd://1.7.33-ubuntu22.04u1");
    }
}
