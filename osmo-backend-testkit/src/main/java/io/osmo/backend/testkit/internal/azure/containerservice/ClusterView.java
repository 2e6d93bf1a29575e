// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.containerservice;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.internal.azure.arm.AzureSubscription;
import io.osmo.backend.testkit.internal.azure.arm.Json;
import io.osmo.backend.testkit.internal.azure.arm.Resource;
import io.osmo.backend.testkit.internal.azure.managedidentity.ResourceIdentities;
import io.osmo.backend.testkit.internal.azure.managedidentity.UserAssignedIdentities;
import java.util.List;

/** What AKS computes when a cluster is read. */
final class ClusterView {
    private final AgentPools pools;
    private final NodeResourceGroups nodeGroups;
    private final ResourceIdentities identities;

    ClusterView(AgentPools pools, NodeResourceGroups nodeGroups, ResourceIdentities identities) {
        this.pools = pools;
        this.nodeGroups = nodeGroups;
        this.identities = identities;
    }

    void show(Resource cluster, ObjectNode view) {
        ObjectNode properties = Json.at(view, "properties");
        properties.putObject("powerState").put("code", ClusterRules.isStopped(cluster) ? "Stopped" : "Running");
        properties.put("currentKubernetesVersion", cluster.computed("version"));
        properties.put("maxAgentPools", 100);
        properties.put("resourceUID", cluster.computed("uid"));
        showAddresses(cluster, properties);
        properties.putObject("servicePrincipalProfile").put("clientId", "msi");
        nodeGroups
                .kubeletIdentity(cluster)
                .ifPresent(kubelet -> Json.at(properties, "identityProfile", "kubeletidentity")
                        .put("resourceId", kubelet.id.text())
                        .put("clientId", kubelet.computed("clientId"))
                        .put("objectId", UserAssignedIdentities.principal(kubelet)));
        showPools(cluster, properties);
        showFailure(cluster, properties);
        identities.show(cluster, view);
    }

    private static void showAddresses(Resource cluster, ObjectNode properties) {
        String region = cluster.location();
        String fqdn = cluster.text("dnsPrefix") + "-" + cluster.computed("host") + ".hcp." + region + ".azmk8s.io";
        boolean isPrivate =
                properties.at("/apiServerAccessProfile/enablePrivateCluster").asBoolean();
        properties.put(isPrivate ? "privateFQDN" : "fqdn", isPrivate ? fqdn.replace(".hcp.", ".privatelink.") : fqdn);
        properties.put("azurePortalFQDN", fqdn.replace(".hcp.", ".portal.hcp."));
        if (properties.at("/oidcIssuerProfile/enabled").asBoolean()) {
            Json.at(properties, "oidcIssuerProfile")
                    .put(
                            "issuerURL",
                            "https://" + region + ".oic.prod-aks.azure.com/" + AzureSubscription.TENANT + "/"
                                    + cluster.computed("uid") + "/");
        }
    }

    private void showPools(Resource cluster, ObjectNode properties) {
        List<Resource> all = pools.of(cluster).toList();
        ArrayNode profiles = properties.putArray("agentPoolProfiles");
        all.forEach(pool -> profiles.add(pools.profile(pool)));
        if (all.stream()
                .anyMatch(pool -> pool.properties().path("enableAutoScaling").asBoolean())) {
            ObjectNode scaler = Json.at(properties, "autoScalerProfile");
            Json.byDefault(scaler, "expander", "random");
            Json.byDefault(scaler, "scan-interval", "10s");
            Json.byDefault(scaler, "scale-down-delay-after-add", "10m");
            Json.byDefault(scaler, "scale-down-unneeded-time", "10m");
            Json.byDefault(scaler, "scale-down-utilization-threshold", "0.5");
            Json.byDefault(scaler, "max-graceful-termination-sec", "600");
        }
    }

    /** Why the last operation on a cluster or pool failed. */
    static void showFailure(Resource resource, ObjectNode properties) {
        if (resource.failure != null) {
            properties
                    .putObject("status")
                    .putObject("provisioningError")
                    .put("code", resource.failure.code)
                    .put("message", resource.failure.getMessage());
        }
    }
}
