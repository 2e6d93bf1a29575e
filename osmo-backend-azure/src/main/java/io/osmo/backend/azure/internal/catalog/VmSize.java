// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A VM size as the region sells it to this subscription.
 *
 * @param family name of the quota that counts its vCPUs
 * @param zones zones in which it is available
 * @param restriction why it is not available, such as {@code NotAvailableForSubscription}; empty if it is
 * @param memoryMib memory in MiB
 * @param architecture {@code x64} or {@code Arm64}
 * @param hostEncryption whether its disks can be encrypted on the host
 * @param premiumDisks whether it takes premium disks
 * @param localDisks storage on its host
 */
public record VmSize(
        String name,
        String family,
        Set<String> zones,
        String restriction,
        int vcpus,
        long memoryMib,
        int gpus,
        String architecture,
        boolean hostEncryption,
        boolean premiumDisks,
        LocalDisks localDisks) {
    public VmSize {
        zones = Set.copyOf(zones);
    }

    private static final Pattern GPU = Pattern.compile("T4|V100|A100|A10|H100|H200|GB200|GB300|RTXPRO6000|L40S|MI300X");

    /** Model of its GPUs, derived from name and family; empty without GPUs. {@code ND96asr_v4} has A100s with half the memory. */
    public String gpu() {
        Matcher model = GPU.matcher(name + " " + family);
        if (gpus == 0) {
            return "";
        }
        String found = model.find() ? model.group() : family;
        return name.contains("asr_v4") ? found + " 40 GB" : found;
    }

    /** Quotas that the vCPUs of one machine count to. */
    public List<String> quotas(boolean spot) {
        return spot ? List.of(Usages.SPOT) : List.of(family, Usages.TOTAL);
    }

    /** Reads one entry of {@code Microsoft.Compute/skus}. */
    public static VmSize of(JsonNode sku) {
        Set<String> zones = new TreeSet<>();
        sku.path("locationInfo").path(0).path("zones").forEach(zone -> zones.add(zone.asText()));
        String restriction = "";
        for (JsonNode one : sku.path("restrictions")) {
            if (one.path("type").asText().equals("Zone")) {
                one.path("restrictionInfo").path("zones").forEach(zone -> zones.remove(zone.asText()));
            } else {
                restriction = one.path("reasonCode").asText("restricted");
            }
        }
        return new VmSize(
                sku.path("name").asText(),
                sku.path("family").asText(),
                zones,
                restriction,
                (int) number(sku, "vCPUs"),
                Math.round(number(sku, "MemoryGB") * 1024),
                (int) number(sku, "GPUs"),
                text(sku, "CpuArchitectureType", "x64"),
                Boolean.parseBoolean(text(sku, "EncryptionAtHostSupported", "false")),
                Boolean.parseBoolean(text(sku, "PremiumIO", "false")),
                LocalDisks.of(
                        Boolean.parseBoolean(text(sku, "EphemeralOSDiskSupported", "false")),
                        (long) number(sku, "CachedDiskBytes") / (1024 * 1024),
                        (long) number(sku, "MaxResourceVolumeMB"),
                        (long) number(sku, "NvmeDiskSizeInMiB"),
                        text(sku, "SupportedEphemeralOSDiskPlacements", "")));
    }

    private static double number(JsonNode sku, String capability) {
        try {
            return Double.parseDouble(text(sku, capability, "0"));
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }

    private static String text(JsonNode sku, String capability, String otherwise) {
        for (JsonNode one : sku.path("capabilities")) {
            if (one.path("name").asText().equals(capability)) {
                return one.path("value").asText();
            }
        }
        return otherwise;
    }
}
