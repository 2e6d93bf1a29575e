// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.containerservice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.internal.azure.arm.ArmError;
import io.osmo.backend.testkit.internal.azure.arm.Json;
import io.osmo.backend.testkit.internal.azure.arm.Resource;
import io.osmo.backend.testkit.internal.azure.arm.Write;
import io.osmo.backend.testkit.internal.azure.network.Cidrs;
import java.util.List;

/** What AKS fills in when a request omits it. */
final class ClusterDefaults {
    private static final int MAX_GROUP_NAME = 80;

    private ClusterDefaults() {}

    static void completeSku(Write write) {
        ObjectNode sku = Json.at(write.body(), "sku");
        Json.byDefault(sku, "name", "Base");
        Json.byDefault(sku, "tier", "Free");
    }

    static void completeVersion(Write write) {
        Resource existing = write.existing();
        Json.byDefault(
                write.properties(),
                "kubernetesVersion",
                existing == null ? Versions.defaultMinor() : existing.text("kubernetesVersion"));
    }

    static void completeDns(Write write) {
        ObjectNode properties = write.properties();
        Resource existing = write.existing();
        String prefix = properties.path("dnsPrefix").asText("");
        if (prefix.isEmpty() && !properties.hasNonNull("fqdnSubdomain")) {
            if (existing == null) {
                throw ArmError.badRequest(
                        "MissingRequiredParameter", "Required parameter dnsPrefix is missing (null).");
            }
            properties.put("dnsPrefix", existing.text("dnsPrefix"));
        } else if (!prefix.isEmpty() && !prefix.matches("[A-Za-z0-9]([A-Za-z0-9-]{0,52}[A-Za-z0-9])?")) {
            throw AksErrors.invalidParameter("The DNS prefix '" + prefix + "' is invalid.");
        }
    }

    /** All the rest. */
    static void complete(Write write) {
        ObjectNode properties = write.properties();
        Json.byDefault(properties, "enableRBAC", true);
        Json.byDefault(properties, "supportPlan", "KubernetesOfficial");
        Json.byDefault(properties, "disableLocalAccounts", false);
        write.keep(List.of("nodeResourceGroup", "diskEncryptionSetID", "oidcIssuerProfile", "securityProfile"));
        Json.byDefault(properties, "nodeResourceGroup", nodeResourceGroup(write));
        completeNetwork(write);
        Json.byDefault(Json.at(properties, "autoUpgradeProfile"), "nodeOSUpgradeChannel", "NodeImage");
        ObjectNode storage = Json.at(properties, "storageProfile");
        for (String part : List.of("diskCSIDriver", "fileCSIDriver", "snapshotController")) {
            Json.byDefault(Json.at(storage, part), "enabled", true);
        }
        Json.byDefault(Json.at(properties, "oidcIssuerProfile"), "enabled", false);
        Json.at(properties, "securityProfile");
        Json.byDefault(properties, "publicNetworkAccess", "Enabled");
    }

    private static String nodeResourceGroup(Write write) {
        String name = "MC_" + write.id().group() + "_" + write.id().name() + "_"
                + write.body().path("location").asText();
        return name.substring(0, Math.min(MAX_GROUP_NAME, name.length()));
    }

    private static void completeNetwork(Write write) {
        ObjectNode network = Json.at(write.properties(), "networkProfile");
        Resource existing = write.existing();
        if (existing != null) {
            ObjectNode earlier = Json.at(existing.properties(), "networkProfile");
            Json.keep(network, earlier, earlier::fieldNames);
        }
        Json.byDefault(network, "networkPlugin", "azure");
        Json.byDefault(network, "networkPolicy", "none");
        Json.byDefault(network, "networkDataplane", "azure");
        Json.byDefault(network, "serviceCidr", "10.0.0.0/16");
        Json.byDefault(
                network,
                "dnsServiceIP",
                Cidrs.range(network.path("serviceCidr").asText()).addressAt(10));
        Json.byDefault(network, "outboundType", "loadBalancer");
        Json.byDefault(network, "loadBalancerSku", "standard");
        if (network.path("networkPluginMode").asText().equals("overlay")) {
            Json.byDefault(network, "podCidr", "10.244.0.0/16");
            network.putArray("podCidrs").add(network.path("podCidr").asText());
        }
        network.putArray("serviceCidrs").add(network.path("serviceCidr").asText());
        network.putArray("ipFamilies").add("IPv4");
    }
}
