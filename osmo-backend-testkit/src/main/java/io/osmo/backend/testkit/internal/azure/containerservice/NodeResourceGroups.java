// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.containerservice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.internal.azure.arm.ArmId;
import io.osmo.backend.testkit.internal.azure.arm.AzureSubscription;
import io.osmo.backend.testkit.internal.azure.arm.Json;
import io.osmo.backend.testkit.internal.azure.arm.Resource;
import io.osmo.backend.testkit.internal.azure.arm.ResourceType;
import io.osmo.backend.testkit.internal.azure.compute.Compute;
import io.osmo.backend.testkit.internal.azure.managedidentity.UserAssignedIdentities;
import io.osmo.backend.testkit.internal.azure.network.Network;
import io.osmo.backend.testkit.internal.azure.resources.ResourceGroups;
import java.util.Optional;

/** The node resource group of each cluster, and what AKS and Kubernetes put there. */
final class NodeResourceGroups {
    private final AzureSubscription azure;
    private final ResourceGroups groups;
    private final Network network;
    private final Compute compute;
    private final UserAssignedIdentities identities;

    NodeResourceGroups(
            AzureSubscription azure,
            ResourceGroups groups,
            Network network,
            Compute compute,
            UserAssignedIdentities identities) {
        this.azure = azure;
        this.groups = groups;
        this.network = network;
        this.compute = compute;
        this.identities = identities;
    }

    private String groupId(Resource cluster) {
        return azure.groupId(cluster.text("nodeResourceGroup"));
    }

    /** The id of a resource in the group of a cluster. */
    ArmId id(Resource cluster, ResourceType type, String name) {
        return ArmId.of(groupId(cluster) + "/providers/" + type.name() + "/" + name);
    }

    private static ObjectNode body(Resource cluster) {
        return Json.object().put("location", cluster.location());
    }

    /** A body with the SKU {@code name}. */
    private static ObjectNode body(Resource cluster, String sku) {
        ObjectNode body = body(cluster);
        Json.at(body, "sku").put("name", sku);
        return body;
    }

    /** Creates the group with what every cluster has in it. */
    void create(Resource cluster) {
        ObjectNode group = body(cluster).put("managedBy", cluster.id.text());
        ObjectNode tags = Json.at(group, "tags");
        tags.put("aks-managed-cluster-name", cluster.name()).put("aks-managed-cluster-rg", cluster.id.group());
        if (cluster.body.path("tags") instanceof ObjectNode own) {
            tags.setAll(own);
        }
        azure.put(ArmId.of(groupId(cluster)), groups, group);
        ObjectNode securityGroup = body(cluster);
        Json.at(securityGroup, "properties");
        String number = AzureSubscription.digits(cluster.key, 8);
        azure.put(
                id(cluster, network.securityGroups, "aks-agentpool-" + number + "-nsg"),
                network.securityGroups,
                securityGroup);
        identities.create(kubeletId(cluster), cluster.location());
        if (cluster.properties().at("/networkProfile/outboundType").asText().equals("loadBalancer")) {
            addLoadBalancer(cluster, "outbound");
        }
    }

    private ArmId kubeletId(Resource cluster) {
        return id(cluster, identities, cluster.name() + "-agentpool");
    }

    Optional<Resource> kubeletIdentity(Resource cluster) {
        return identities.find(kubeletId(cluster).text());
    }

    void remove(Resource cluster) {
        azure.find(groupId(cluster)).ifPresent(azure::remove);
    }

    /** Adds a load balancer with a public address, as the cloud controller creates one for a Service. */
    void addLoadBalancer(Resource cluster, String service) {
        ObjectNode address = body(cluster, "Standard");
        Json.at(address, "properties").put("publicIPAllocationMethod", "Static");
        Json.at(address, "tags").put("k8s-azure-service", service).put("k8s-azure-cluster-name", cluster.name());
        Resource created = network.addresses.create(
                id(cluster, network.addresses, "kubernetes-" + AzureSubscription.digits(service, 10)), address);
        ObjectNode balancer = body(cluster, "Standard");
        Json.at(balancer, "properties")
                .putArray("frontendIPConfigurations")
                .addObject()
                .put("name", "front-" + AzureSubscription.digits(service, 6))
                .putObject("properties")
                .putObject("publicIPAddress")
                .put("id", created.id.text());
        azure.put(
                id(cluster, network.loadBalancers, "kubernetes-" + AzureSubscription.digits(service, 4)),
                network.loadBalancers,
                balancer);
    }

    /** Adds a disk, as the CSI driver creates one for a claim. */
    void addDisk(Resource cluster, String claim) {
        ObjectNode disk = body(cluster, "Premium_LRS");
        ObjectNode properties = Json.at(disk, "properties");
        properties.put("diskSizeGB", 10).putObject("creationData").put("createOption", "Empty");
        Json.at(disk, "tags")
                .put("k8s-azure-created-by", "kubernetes-azure-dd")
                .put("kubernetes.io-created-for-pvc-name", claim)
                .put("kubernetes.io-created-for-pvc-namespace", "default");
        azure.put(id(cluster, compute.disks, "pvc-" + azure.uuid()), compute.disks, disk);
    }
}
