// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.containerservice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.internal.azure.arm.ArmError;
import io.osmo.backend.testkit.internal.azure.arm.Json;
import io.osmo.backend.testkit.internal.azure.arm.Resource;
import io.osmo.backend.testkit.internal.azure.arm.TagRules;
import io.osmo.backend.testkit.internal.azure.arm.Write;
import io.osmo.backend.testkit.internal.azure.compute.VmSizes.VmSize;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What AKS refuses about a pool itself: size, labels and taints, mode, version, changes. */
final class PoolRules {
    /** What can be set only when the pool is created. */
    static final List<String> IMMUTABLE = List.of(
            "vmSize",
            "osDiskSizeGB",
            "osDiskType",
            "osType",
            "vnetSubnetID",
            "podSubnetID",
            "maxPods",
            "type",
            "availabilityZones",
            "scaleSetPriority",
            "gpuInstanceProfile",
            "gpuProfile",
            "kubeletConfig",
            "linuxOSConfig",
            "enableEncryptionAtHost",
            "enableNodePublicIP",
            "proximityPlacementGroupID",
            "capacityReservationGroupID",
            "hostGroupID");

    private static final int TAGS_OF_AKS = 14;
    private static final int MOST_NODES = 1000;
    private static final Pattern TAINT =
            Pattern.compile("[A-Za-z0-9._/-]+(=[A-Za-z0-9._-]*)?:(NoSchedule|NoExecute|PreferNoSchedule)");
    private static final Pattern LABEL_VALUE = Pattern.compile("([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?");

    private PoolRules() {}

    static void checkChanges(Write write) {
        Resource existing = write.existing();
        if (existing == null) {
            return;
        }
        for (String property : IMMUTABLE) {
            JsonNode before = existing.properties().path(property);
            JsonNode after = write.properties().path(property);
            boolean none = isNothing(before) && isNothing(after);
            boolean same = property.endsWith("ID")
                    ? before.asText("").equalsIgnoreCase(after.asText(""))
                    : before.equals(after);
            if (!none && !same) {
                throw AksErrors.changed(
                        "properties." + (property.equals("gpuProfile") ? "gpuProfile.driver" : property));
            }
        }
    }

    private static boolean isNothing(JsonNode node) {
        return node.isMissingNode() || node.isNull() || node.isContainerNode() && node.isEmpty();
    }

    static void checkScale(ObjectNode properties) {
        int least = properties.path("mode").asText().equals("System") ? 1 : 0;
        int count = properties.path("count").asInt();
        if (properties.path("enableAutoScaling").asBoolean()) {
            checkAutoScaling(properties, least, count);
        } else if (properties.hasNonNull("minCount") || properties.hasNonNull("maxCount")) {
            throw AksErrors.invalidPool("minCount", "minCount and maxCount need the autoscaler");
        }
        if (count < least || count > MOST_NODES) {
            throw AksErrors.invalidPool("count", "count " + count + " must be between " + least + " and " + MOST_NODES);
        }
        checkRange(properties, "maxPods", 10, 250);
        checkRange(properties, "osDiskSizeGB", 30, 2048);
    }

    private static void checkAutoScaling(ObjectNode properties, int least, int count) {
        if (!properties.hasNonNull("minCount") || !properties.hasNonNull("maxCount")) {
            throw AksErrors.invalidPool("minCount", "minCount and maxCount are needed when the autoscaler is enabled");
        }
        int min = properties.path("minCount").asInt();
        int max = properties.path("maxCount").asInt();
        if (min > max || min < least || max < 1 || max > MOST_NODES) {
            throw AksErrors.invalidPool(
                    "minCount",
                    "minCount " + min + " and maxCount " + max + " must hold " + least + " <= minCount <= maxCount <= "
                            + MOST_NODES);
        }
        if (count < min || count > max) {
            throw AksErrors.invalidPool(
                    "count", "count " + count + " must be between minCount " + min + " and maxCount " + max);
        }
    }

    private static void checkRange(ObjectNode properties, String name, int least, int most) {
        int value = properties.path(name).asInt();
        if (value < least || value > most) {
            throw AksErrors.invalidPool(name, name + " " + value + " must be between " + least + " and " + most);
        }
    }

    /** The machines get the tags of the pool and those of AKS. */
    static void checkTags(ObjectNode properties) {
        TagRules.check(properties.path("tags"), 50 - TAGS_OF_AKS, 512);
    }

    static void checkLabels(ObjectNode properties) {
        Json.map(properties.path("nodeLabels")).forEach((key, value) -> {
            if (key.startsWith("kubernetes.azure.com/") && !key.equals(PoolDefaults.SPOT)) {
                throw AksErrors.invalidPool("nodeLabels", "the label prefix kubernetes.azure.com is reserved: " + key);
            }
            if (!LABEL_VALUE.matcher(value).matches()) {
                throw AksErrors.invalidPool("nodeLabels", "the value of " + key + " is no value of a label: " + value);
            }
        });
        for (String taint : Json.strings(properties.path("nodeTaints"))) {
            if (taint.startsWith("kubernetes.azure.com/") && !taint.startsWith(PoolDefaults.SPOT + "=")) {
                throw AksErrors.invalidPool("nodeTaints", "the prefix kubernetes.azure.com is reserved: " + taint);
            }
            if (!TAINT.matcher(taint).matches()) {
                throw AksErrors.invalidPool("nodeTaints", "'" + taint + "' is not key=value:effect");
            }
        }
    }

    static void checkMode(Write write, VmSize size, List<Resource> pools) {
        String mode = write.properties().path("mode").asText();
        if (!Set.of("System", "User", "Gateway").contains(mode)) {
            throw AksErrors.invalidPool("mode", "'" + mode + "' is no mode");
        }
        if (mode.equals("System")) {
            if (write.properties().at("/powerState/code").asText().equals("Stopped")) {
                throw AksErrors.notAllowed("System pools cannot be stopped.");
            }
            checkSystemPool(write.properties(), size);
        } else if (write.existing() != null && isOnlySystemPool(write.existing(), pools)) {
            throw AksErrors.bad("Must define at least one system pool.");
        }
    }

    private static void checkSystemPool(ObjectNode properties, VmSize size) {
        if (PoolDefaults.isSpot(properties)) {
            throw AksErrors.invalidPool("scaleSetPriority", "a system pool cannot be Spot");
        }
        if (size.vcpus() < 2 || size.memoryGib() < 4 || size.isBurstable()) {
            throw AksErrors.invalidPool(
                    "vmSize", "a system pool needs a size with 2 vCPU and 4 GiB that is not burstable");
        }
        boolean foreign = Json.strings(properties.path("nodeTaints")).stream()
                .anyMatch(t -> !t.startsWith("CriticalAddonsOnly=true:") && !t.endsWith(":PreferNoSchedule"));
        if (foreign) {
            throw AksErrors.invalidPool(
                    "nodeTaints", "a system pool may have no hard taint but CriticalAddonsOnly=true");
        }
        if (properties.path("maxPods").asInt() < 30) {
            throw AksErrors.invalidPool("maxPods", "a system pool needs at least 30 pods per node");
        }
    }

    static boolean isOnlySystemPool(Resource pool, List<Resource> all) {
        return pool.text("mode").equals("System")
                && all.stream()
                                .filter(other -> other.text("mode").equals("System"))
                                .count()
                        == 1;
    }

    static void checkVersion(Write write, Resource cluster) {
        String requested = write.properties().path("orchestratorVersion").asText("");
        String running = write.existing() == null ? "" : write.existing().computed("currentOrchestratorVersion");
        if (!running.isEmpty() && Versions.keeps(requested, running)) {
            return;
        }
        String version = Versions.resolve(requested).orElseThrow(() -> AksErrors.unsupportedVersion(requested));
        String plane = cluster.computed("version");
        boolean newer = Versions.number(version) > Versions.number(plane);
        if (newer || Versions.number(version) < Versions.number(plane) - 3) {
            throw ArmError.badRequest(
                    "NodePoolMcVersionIncompatible",
                    "Node pool version " + version + " and control plane version " + plane
                            + " are incompatible. Minor version of node pool cannot be bigger than control plane version,"
                            + " or more than 3 versions behind.");
        }
        if (!running.isEmpty() && Versions.number(version) < Versions.number(running)) {
            throw AksErrors.notAllowed(
                    "Downgrading agent pool from " + running + " to " + version + " is not allowed.");
        }
    }
}
