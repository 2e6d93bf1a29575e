// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.azure.internal.Json;
import io.osmo.backend.azure.internal.catalog.PoolTypes;
import io.osmo.backend.azure.internal.catalog.Reservations;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spec.PoolRole;
import io.osmo.backend.spec.Replacement;
import io.osmo.backend.spec.Scale;
import io.osmo.backend.spec.Taint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an agent pool is asked to be, for a pool of the spec or for the system pool.
 *
 * @param specPool name in the spec; empty for the system pool
 * @param sizes VM sizes that it may have, the preferred one first
 * @param zones that it is named; empty for those of the network
 */
public record PoolRequest(
        Optional<String> specPool,
        List<String> sizes,
        List<String> zones,
        Scale scale,
        Map<String, String> labels,
        List<Taint> taints,
        int diskGib,
        boolean spot,
        boolean gpu,
        Optional<String> reservation,
        Replacement replacement) {
    /** AKS itself puts this on spot nodes and shows it among the pool's own. */
    private static final String SPOT_KEY = "kubernetes.azure.com/scalesetpriority";

    private static final String SPOT_TAINT = SPOT_KEY + "=spot:NoSchedule";

    public PoolRequest {
        sizes = List.copyOf(sizes);
        zones = List.copyOf(zones);
        labels = Map.copyOf(labels);
        taints = List.copyOf(taints);
    }

    public static PoolRequest of(NodePool pool, AksSettings settings) {
        return new PoolRequest(
                Optional.of(pool.name()),
                pool.instanceTypes().isEmpty() ? List.of(PoolTypes.of(pool)) : pool.instanceTypes(),
                pool.zones(),
                pool.scale(),
                pool.labels(),
                pool.taints(),
                pool.diskGib(),
                pool.spot(),
                pool.role() == PoolRole.GPU,
                Reservations.of(pool, settings),
                pool.replacement());
    }

    public boolean isSystem() {
        return specPool.isEmpty();
    }

    /** Of the spec, and the one that AKS gives spot nodes. */
    public List<String> allTaints() {
        List<String> all = new ArrayList<>();
        taints.forEach(taint -> all.add(taint.toString()));
        if (spot) {
            all.add(SPOT_TAINT);
        }
        return all;
    }

    /** The properties of its agent pool, now and later. */
    public ObjectNode properties(
            AksSettings settings, String subnet, String size, List<String> zonesOfNodes, Map<String, String> tags) {
        Map<String, String> nodeLabels = new TreeMap<>(labels);
        if (spot) {
            nodeLabels.put(SPOT_KEY, "spot");
        }
        ObjectNode properties = Json.object(
                "mode",
                isSystem() ? "System" : "User",
                "type",
                "VirtualMachineScaleSets",
                "vmSize",
                size,
                "osType",
                "Linux",
                "osSKU",
                settings.nodeOsSku(),
                "osDiskSizeGB",
                diskGib,
                "vnetSubnetID",
                subnet,
                "enableAutoScaling",
                true,
                "minCount",
                scale.min(),
                "maxCount",
                scale.max(),
                "enableEncryptionAtHost",
                settings.hostEncryption(),
                "nodeTaints",
                allTaints(),
                "tags",
                tags,
                "capacityReservationGroupID",
                reservation);
        if (!nodeLabels.isEmpty()) {
            properties.set("nodeLabels", Json.object("labels", nodeLabels).get("labels"));
        }
        if (!zonesOfNodes.isEmpty()) {
            properties.set(
                    "availabilityZones", Json.object("zones", zonesOfNodes).get("zones"));
        }
        if (gpu) {
            properties.set(
                    "gpuProfile", Json.object("driver", settings.gpuDriver().aks()));
        }
        if (spot) {
            properties.put("scaleSetPriority", "Spot");
            properties.put("scaleSetEvictionPolicy", "Delete");
        }
        return properties;
    }
}
