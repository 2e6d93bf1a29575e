// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.containerservice;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.internal.azure.arm.Json;
import io.osmo.backend.testkit.internal.azure.arm.Resource;
import io.osmo.backend.testkit.internal.azure.arm.Write;
import io.osmo.backend.testkit.internal.azure.compute.VmSizes.VmSize;
import java.util.List;

/** What AKS fills in when a request for a pool omits it. */
final class PoolDefaults {
    /** Label and taint of spot nodes. */
    static final String SPOT = "kubernetes.azure.com/scalesetpriority";

    private static final String SPOT_TAINT = SPOT + "=spot:NoSchedule";

    /** What can be changed and stays the same if omitted. */
    private static final List<String> KEPT =
            List.of("orchestratorVersion", "osSKU", "mode", "upgradeSettings", "powerState");

    private PoolDefaults() {}

    static boolean isSpot(ObjectNode properties) {
        return properties.path("scaleSetPriority").asText().equals("Spot");
    }

    static void complete(Write write, Resource cluster, VmSize size) {
        ObjectNode properties = write.properties();
        write.keep(PoolRules.IMMUTABLE);
        write.keep(KEPT);
        properties.put("vmSize", size.name());
        completeMachine(properties, cluster, size);
        Json.byDefault(properties, "type", "VirtualMachineScaleSets");
        Json.byDefault(properties, "mode", "User");
        Json.byDefault(properties, "enableAutoScaling", false);
        Json.byDefault(properties, "scaleDownMode", "Delete");
        Json.byDefault(properties, "orchestratorVersion", cluster.text("kubernetesVersion"));
        if (!properties.path("powerState").hasNonNull("code")) {
            properties.putObject("powerState").put("code", "Running");
        }
        ObjectNode upgrade = Json.at(properties, "upgradeSettings");
        if (!upgrade.has("maxSurge") && !upgrade.has("maxUnavailable")) {
            upgrade.put("maxSurge", "10%");
        }
        if (isSpot(properties)) {
            completeSpot(properties);
        }
        if (!properties.has("count")) {
            properties.put("count", count(write));
        }
    }

    private static void completeMachine(ObjectNode properties, Resource cluster, VmSize size) {
        if (properties.path("osDiskSizeGB").asInt() == 0) {
            properties.put("osDiskSizeGB", 128);
        }
        int disk = properties.path("osDiskSizeGB").asInt();
        boolean local = size.cacheGib() > disk || size.temporaryGib() >= disk && size.temporaryGib() > 0;
        Json.byDefault(properties, "osDiskType", local ? "Ephemeral" : "Managed");
        Json.byDefault(properties, "kubeletDiskType", "OS");
        Json.byDefault(properties, "osType", "Linux");
        Json.byDefault(properties, "osSKU", "Ubuntu");
        String mode =
                cluster.properties().at("/networkProfile/networkPluginMode").asText();
        Json.byDefault(properties, "maxPods", mode.equals("overlay") ? 250 : 30);
        for (String flag : List.of("enableNodePublicIP", "enableEncryptionAtHost", "enableFIPS", "enableUltraSSD")) {
            Json.byDefault(properties, flag, false);
        }
        ObjectNode security = Json.at(properties, "securityProfile");
        Json.byDefault(security, "enableVTPM", false);
        Json.byDefault(security, "enableSecureBoot", false);
        Json.byDefault(security, "sshAccess", "LocalUser");
    }

    private static void completeSpot(ObjectNode properties) {
        Json.byDefault(properties, "scaleSetEvictionPolicy", "Delete");
        Json.byDefault(properties, "spotMaxPrice", -1);
        Json.at(properties, "nodeLabels").put(SPOT, "spot");
        if (!Json.strings(properties.path("nodeTaints")).contains(SPOT_TAINT)) {
            ArrayNode taints = properties.path("nodeTaints") instanceof ArrayNode given
                    ? given
                    : properties.putArray("nodeTaints");
            taints.add(SPOT_TAINT);
        }
    }

    private static int count(Write write) {
        Resource existing = write.existing();
        if (existing != null) {
            return existing.properties().path("count").asInt();
        }
        ObjectNode properties = write.properties();
        return properties.path("enableAutoScaling").asBoolean()
                ? properties.path("minCount").asInt()
                : 1;
    }
}
