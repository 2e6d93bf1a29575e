// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.Json;
import io.osmo.backend.spi.Inventory;
import java.util.List;
import java.util.Optional;

/**
 * The pool of AKS's own pods, which AKS demands: at least two nodes that always run. The operator pool, which may be of one
 * node, is therefore a user pool beside it.
 */
public final class SystemPool {
    public static final String NAME = "system";

    /** Keeps everything else away. */
    static final String TAINT = "CriticalAddonsOnly=true:NoSchedule";

    /** Size of its disks. */
    public static final int DISK_GIB = 128;

    private static final int SPARE_NODES = 3;

    private SystemPool() {}

    /** Whether an agent pool of this name is the system pool. */
    public static boolean isOne(String name) {
        return name.equals(NAME);
    }

    /** It as AKS has it, in the shape of an agent pool that is read alone; empty when there is no cluster of ours. */
    public static Optional<ArmObject> of(Inventory inventory) {
        return DesiredCluster.standing(inventory).flatMap(SystemPool::of);
    }

    static Optional<ArmObject> of(ArmObject cluster) {
        for (JsonNode pool : cluster.json().at("/properties/agentPoolProfiles")) {
            if (isOne(pool.path("name").asText())) {
                ObjectNode alone =
                        Json.object("id", cluster.id() + "/agentPools/" + NAME, "name", NAME, "properties", pool);
                return Optional.of(ArmObject.of(alone));
            }
        }
        return Optional.empty();
    }

    /** Nodes to which the autoscaler may bring it. */
    public static int most(AksSettings settings) {
        return settings.systemNodes() + SPARE_NODES;
    }

    /** Nodes of a pool that has fewer than its minimum. The autoscaler raises none to it before a pod needs a node. */
    static Optional<Integer> belowMinimum(ArmObject cluster, AksSettings settings) {
        return of(cluster)
                .map(pool -> pool.json().at("/properties/count").asInt())
                .filter(nodes -> nodes < settings.systemNodes());
    }

    /** The autoscaler owns the number of nodes of this pool and of others, but AKS refuses bounds that do not hold it. */
    static void bound(ObjectNode pool, AksSettings settings) {
        boolean system = isOne(pool.path("name").asText());
        if (!system && !pool.path("enableAutoScaling").asBoolean(false)) {
            return;
        }
        int count = pool.path("count").asInt();
        int least = system ? settings.systemNodes() : pool.path("minCount").asInt();
        int most = system ? most(settings) : pool.path("maxCount").asInt(count);
        pool.put("count", Math.max(least, Math.min(most, count)));
    }

    /** It in the body of the cluster. */
    static ObjectNode body(AksSettings settings, String subnet, List<String> zones) {
        ObjectNode pool = Json.object(
                "name",
                NAME,
                "mode",
                "System",
                "type",
                "VirtualMachineScaleSets",
                "vmSize",
                settings.systemInstanceType(),
                "osType",
                "Linux",
                "osSKU",
                settings.nodeOsSku(),
                "osDiskSizeGB",
                DISK_GIB,
                "vnetSubnetID",
                subnet,
                "enableAutoScaling",
                true,
                "minCount",
                settings.systemNodes(),
                "maxCount",
                most(settings),
                "nodeTaints",
                List.of(TAINT),
                "enableEncryptionAtHost",
                settings.hostEncryption());
        if (!zones.isEmpty()) {
            pool.set("availabilityZones", Json.object("zones", zones).get("zones"));
        }
        return pool;
    }
}
