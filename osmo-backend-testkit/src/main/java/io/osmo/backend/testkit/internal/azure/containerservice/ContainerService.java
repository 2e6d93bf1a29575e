// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.containerservice;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.azure.ArmRequest;
import io.osmo.backend.testkit.cluster.EmulatedCluster;
import io.osmo.backend.testkit.cluster.EmulatedClusters;
import io.osmo.backend.testkit.internal.azure.arm.Arm;
import io.osmo.backend.testkit.internal.azure.arm.ArmError;
import io.osmo.backend.testkit.internal.azure.arm.ArmId;
import io.osmo.backend.testkit.internal.azure.arm.ArmReply;
import io.osmo.backend.testkit.internal.azure.arm.AzureSubscription;
import io.osmo.backend.testkit.internal.azure.arm.Json;
import io.osmo.backend.testkit.internal.azure.arm.Resource;
import io.osmo.backend.testkit.internal.azure.authorization.Authorization;
import io.osmo.backend.testkit.internal.azure.compute.Compute;
import io.osmo.backend.testkit.internal.azure.keyvault.KeyVault;
import io.osmo.backend.testkit.internal.azure.managedidentity.ManagedIdentity;
import io.osmo.backend.testkit.internal.azure.network.Network;
import io.osmo.backend.testkit.internal.azure.resources.Resources;
import java.util.Locale;

/** Microsoft.ContainerService. */
public final class ContainerService {
    public final ControlPlanes planes;
    public final ManagedClusters clusters;
    public final TrustedAccessBindings trustedAccess;
    private final NodeResourceGroups nodeGroups;
    private final NodeImages images;
    private final PoolMachines machines;
    private final AzureSubscription azure;

    public ContainerService(
            Arm arm,
            AzureSubscription azure,
            EmulatedClusters kubernetes,
            Resources resources,
            Network network,
            Authorization authorization,
            ManagedIdentity identities,
            KeyVault keyVault,
            Compute compute) {
        this.azure = azure;
        planes = new ControlPlanes(kubernetes);
        nodeGroups = new NodeResourceGroups(azure, resources.groups, network, compute, identities.userAssigned);
        machines = new PoolMachines(
                azure,
                planes,
                nodeGroups,
                compute.scaleSets,
                new PoolJoin(azure, network.subnets, compute.encryptionSets));
        AgentPools pools = new AgentPools(
                azure,
                machines,
                new PoolPlacement(azure, network.subnets, resources.registrations),
                new PoolReservations(azure, identities.ofResources, authorization.roles));
        images = pools.images;
        clusters = new ManagedClusters(
                azure,
                planes,
                nodeGroups,
                pools,
                identities,
                new ClusterNetworkRules(pools, network.subnets),
                new ClusterZoneRules(network.privateZones, identities.ofResources, authorization.roles),
                new ClusterEncryptionRules(
                        compute.encryptionSets, keyVault.vaults, identities.ofResources, authorization.roles),
                new ClusterActions(azure, planes, pools, machines));
        trustedAccess = new TrustedAccessBindings(azure);
        compute.countUsage(pools);
        arm.add(clusters, pools, trustedAccess);
        arm.add(
                "Microsoft.ContainerService/locations/kubernetesVersions",
                (request, id) -> ArmReply.ok(Versions.list()));
        arm.add("Microsoft.ContainerService/managedClusters/upgradeProfiles", this::upgrades);
        arm.add("Microsoft.ContainerService/managedClusters/agentPools/upgradeProfiles", images::profile);
    }

    /** Makes AKS release node images. */
    public void releaseNodeImages(String release) {
        images.release(release);
    }

    /** Gives a pool that many nodes, as its autoscaler does, or whoever deletes machines of its scale set. */
    public void scale(String resourceGroup, String name, String pool, int nodes) {
        Resource cluster = cluster(resourceGroup, name);
        Resource found = azure.find(cluster.id.child("agentPools", pool).text())
                .orElseThrow(() -> new IllegalArgumentException("there is no pool " + pool));
        found.properties().put("count", nodes);
        machines.reconcile(cluster, found);
    }

    private Resource cluster(String resourceGroup, String name) {
        String id = azure.groupId(resourceGroup) + "/providers/" + clusters.name() + "/" + name;
        return clusters.find(id).orElseThrow(() -> new IllegalArgumentException("there is no cluster " + id));
    }

    /**
     * The Kubernetes side of a cluster.
     *
     * @throws RuntimeException if the cluster does not exist or is being created
     */
    public EmulatedCluster kubernetes(String resourceGroup, String name) {
        return planes.find(cluster(resourceGroup, name)).orElseThrow();
    }

    /** Adds a load balancer to the node resource group, as the cloud controller creates one for a Service. */
    public void addLoadBalancer(String resourceGroup, String name, String service) {
        nodeGroups.addLoadBalancer(cluster(resourceGroup, name), service);
    }

    /** Adds a disk to the node resource group, as the CSI driver creates one for a claim. */
    public void addDisk(String resourceGroup, String name, String claim) {
        nodeGroups.addDisk(cluster(resourceGroup, name), claim);
    }

    /** What a cluster can be upgraded to. */
    private ArmReply upgrades(ArmRequest request, ArmId id) {
        String parent =
                id.text().substring(0, id.text().toLowerCase(Locale.ROOT).indexOf("/upgradeprofiles"));
        Resource cluster = clusters.find(parent).orElseThrow(() -> ArmError.notFound(ArmId.of(parent)));
        ObjectNode body = Json.object().put("id", id.text()).put("name", "default");
        ObjectNode plane = Json.at(body, "properties", "controlPlaneProfile");
        String version = cluster.computed("version");
        plane.put("kubernetesVersion", version).put("osType", "Linux");
        ArrayNode upgrades = plane.putArray("upgrades");
        Versions.upgrades(version).forEach(upgrade -> upgrades.addObject().put("kubernetesVersion", upgrade));
        Json.at(body, "properties").putArray("agentPoolProfiles");
        return ArmReply.ok(body);
    }
}
