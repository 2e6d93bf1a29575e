// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.containerservice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.cluster.IpRange;
import io.osmo.backend.testkit.internal.azure.arm.ArmError;
import io.osmo.backend.testkit.internal.azure.arm.ArmId;
import io.osmo.backend.testkit.internal.azure.arm.AzureSubscription;
import io.osmo.backend.testkit.internal.azure.arm.Json;
import io.osmo.backend.testkit.internal.azure.arm.Regions;
import io.osmo.backend.testkit.internal.azure.arm.Resource;
import io.osmo.backend.testkit.internal.azure.arm.Write;
import io.osmo.backend.testkit.internal.azure.compute.VmSizes;
import io.osmo.backend.testkit.internal.azure.compute.VmSizes.VmSize;
import io.osmo.backend.testkit.internal.azure.network.Subnets;
import io.osmo.backend.testkit.internal.azure.resources.Registrations;
import java.util.List;

/** What AKS refuses about the machines of a pool: size, zones, subnet, features. */
final class PoolPlacement {
    private final AzureSubscription azure;
    private final Subnets subnets;
    private final Registrations registrations;

    PoolPlacement(AzureSubscription azure, Subnets subnets, Registrations registrations) {
        this.azure = azure;
        this.subnets = subnets;
        this.registrations = registrations;
    }

    /** The size of a pool, unless the region does not offer it, or the subscription may have no new pool of it. */
    VmSize size(Write write, String region) {
        String name = write.properties().path("vmSize").asText("");
        return VmSizes.find(name)
                .filter(size -> !write.creates() || !azure.isRestricted(size.name()))
                .filter(size -> size.gpus() == 0 || !Regions.zones(region).isEmpty())
                .orElseThrow(() -> AksErrors.bad("The VM size of " + name
                        + " is not allowed in your subscription in location '" + region + "'."));
    }

    void check(Write write, VmSize size, Resource cluster, List<Resource> pools) {
        String region = cluster.location();
        for (String zone : Json.strings(write.properties().path("availabilityZones"))) {
            if (!size.isOffered(region, zone)) {
                throw ArmError.badRequest(
                        "AvailabilityZoneNotSupported",
                        "Preflight validation check for resource(s) for container service " + cluster.name()
                                + " failed. Message: The zone(s) '" + zone + "' for resource '"
                                + write.id().name()
                                + "' is not supported. The supported zones for location '" + region
                                + "' are '" + String.join(",", Regions.zones(region)) + "'.");
            }
        }
        String subnet = write.properties().path("vnetSubnetID").asText("");
        if (!subnet.isEmpty()) {
            checkSubnet(write, subnet, region, pools);
        }
    }

    private void checkSubnet(Write write, String subnet, String region, List<Resource> pools) {
        Resource found = subnets.find(subnet)
                .orElseThrow(() -> ArmError.badRequest(
                        "VnetSubnetNotFound",
                        "The subnet " + subnet + " of agent pool " + write.id().name() + " was not found."));
        Resource network = azure.find(found.id.parent()).orElseThrow();
        if (!network.location().equals(region)) {
            throw ArmError.badRequest(
                    "VnetLocationMismatch", "The virtual network " + network + " is not in " + region + ".");
        }
        boolean elsewhere = pools.stream()
                .map(pool -> pool.text("vnetSubnetID"))
                .filter(other -> !other.isEmpty())
                .anyMatch(other -> !ArmId.of(other).parent().equalsIgnoreCase(network.id.text()));
        if (elsewhere) {
            throw ArmError.badRequest(
                    "AgentPoolsNotInSameVnet", "All agent pools of a cluster must be in the same virtual network.");
        }
        long needed = mostNodes(write.properties())
                + pools.stream()
                        .filter(pool -> pool.text("vnetSubnetID").equalsIgnoreCase(subnet)
                                && !pool.key.equals(write.id().key()))
                        .mapToLong(pool -> mostNodes(pool.properties()))
                        .sum();
        IpRange range = Subnets.range(found);
        if (needed > Subnets.usable(range)) {
            throw ArmError.badRequest(
                    "InsufficientSubnetSize",
                    "Pre-allocated IPs " + needed + " exceeds IPs available " + Subnets.usable(range)
                            + " in Subnet Cidr " + range + ", Subnet Name " + found.name() + ".");
        }
    }

    /** The most nodes of a pool, including those that are added first when nodes are replaced. */
    private static long mostNodes(ObjectNode properties) {
        int nodes = properties
                .path(properties.path("enableAutoScaling").asBoolean() ? "maxCount" : "count")
                .asInt();
        return nodes + Math.max(1, nodes / 10);
    }

    void checkFeatures(ObjectNode properties, VmSize size) {
        if (properties.has("gpuProfile") && size.gpus() == 0) {
            throw AksErrors.invalidPool(
                    "gpuProfile", "a GPU profile needs a VM size with GPUs, " + size.name() + " has none");
        }
        if (properties.path("enableEncryptionAtHost").asBoolean()
                && !registrations.hasFeature("Microsoft.Compute", "EncryptionAtHost")) {
            throw ArmError.badRequest(
                    "SubscriptionNotEnabledEncryptionAtHost",
                    "Subscription does not enable EncryptionAtHost. Please enable it in the subscription, see"
                            + " https://aka.ms/aks/host-encryption.");
        }
    }
}
