// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.compute;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.internal.azure.arm.Json;
import io.osmo.backend.testkit.internal.azure.arm.Regions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The sizes of virtual machines that all regions offer, as in Microsoft's tables and those of {@code kubernetes/autoscaler}.
 * Scarce sizes are offered in few zones.
 */
public final class VmSizes {
    /** vCPUs of all families of a region. */
    public static final String TOTAL = "cores";

    /** vCPUs of all spot machines of a region, which do not count in their family. */
    public static final String SPOT = "lowPriorityCores";

    private static final String A100 = "Standard_NC24ads_A100_v4";
    private static final Map<String, VmSize> ALL = new LinkedHashMap<>();

    /**
     * @param family name of the quota
     * @param memoryGib memory as offered
     * @param architecture {@code x64} or {@code Arm64}
     */
    public record VmSize(
            String name, String family, int vcpus, int memoryGib, int gpus, String architecture, List<String> zones) {
        /** Whether a zone offers it; true without a zone. */
        public boolean isOffered(String region, String zone) {
            return zone.isEmpty()
                    || zones.contains(zone) && Regions.zones(region).contains(zone);
        }

        /** Size in GiB of the cache on the host, which an ephemeral OS disk may be in; 0 where it may not. */
        public int cacheGib() {
            return name.equals(A100) ? 256 : name.contains("ds_v5") && gpus == 0 ? 25 * vcpus : 0;
        }

        /** Size in GiB of the temporary disk, which an ephemeral OS disk may be in; 0 where it may not. */
        public int temporaryGib() {
            return name.equals(A100) ? 64 : name.contains("ds_v5") && gpus == 0 ? 75 * vcpus / 2 : 0;
        }

        public boolean isBurstable() {
            return name.startsWith("Standard_B");
        }
    }

    private VmSizes() {}

    static {
        standard("Standard_B2s", "standardBSFamily", 2, 4);
        standard("Standard_D2s_v3", "standardDSv3Family", 2, 8);
        standard("Standard_D4s_v3", "standardDSv3Family", 4, 16);
        standard("Standard_D8s_v3", "standardDSv3Family", 8, 32);
        standard("Standard_D2s_v5", "standardDSv5Family", 2, 8);
        standard("Standard_D4s_v5", "standardDSv5Family", 4, 16);
        standard("Standard_D8s_v5", "standardDSv5Family", 8, 32);
        standard("Standard_D16s_v5", "standardDSv5Family", 16, 64);
        standard("Standard_D32s_v5", "standardDSv5Family", 32, 128);
        standard("Standard_D2ds_v5", "standardDDSv5Family", 2, 8);
        standard("Standard_D4ds_v5", "standardDDSv5Family", 4, 16);
        standard("Standard_D8ds_v5", "standardDDSv5Family", 8, 32);
        standard("Standard_D16ds_v5", "standardDDSv5Family", 16, 64);
        standard("Standard_D2as_v5", "standardDASv5Family", 2, 8);
        standard("Standard_D4as_v5", "standardDASv5Family", 4, 16);
        standard("Standard_D8as_v5", "standardDASv5Family", 8, 32);
        standard("Standard_E4s_v5", "standardESv5Family", 4, 32);
        standard("Standard_E8s_v5", "standardESv5Family", 8, 64);
        standard("Standard_F8s_v2", "standardFSv2Family", 8, 16);
        add("Standard_D4ps_v5", "standardDPSv5Family", 4, 16, 0, "Arm64", "123");
        add("Standard_D8ps_v5", "standardDPSv5Family", 8, 32, 0, "Arm64", "123");
        gpu("Standard_NC4as_T4_v3", "Standard NCASv3_T4 Family", 4, 28, 1, "123");
        gpu("Standard_NC64as_T4_v3", "Standard NCASv3_T4 Family", 64, 440, 4, "123");
        gpu("Standard_NV36ads_A10_v5", "StandardNVADSA10v5Family", 36, 440, 1, "12");
        gpu(A100, "StandardNCADSA100v4Family", 24, 220, 1, "12");
        gpu("Standard_NC96ads_A100_v4", "StandardNCADSA100v4Family", 96, 880, 4, "12");
        gpu("Standard_NC40ads_H100_v5", "StandardNCadsH100v5Family", 40, 320, 1, "13");
        gpu("Standard_NC80adis_H100_v5", "StandardNCadsH100v5Family", 80, 640, 2, "13");
        gpu("Standard_ND96asr_v4", "standardNDASv4_A100Family", 96, 900, 8, "2");
        gpu("Standard_ND96amsr_A100_v4", "standardNDAMSv4_A100Family", 96, 1800, 8, "2");
        gpu("Standard_ND96isr_H100_v5", "standardNDSH100v5Family", 96, 1900, 8, "3");
        gpu("Standard_ND96isr_H200_v5", "standardNDISRH200V5Family", 96, 1850, 8, "3");
    }

    public static Optional<VmSize> find(String name) {
        return ALL.values().stream()
                .filter(size -> size.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** The default quota of a family, {@link #TOTAL} or {@link #SPOT}. */
    public static int defaultQuota(String family) {
        return family.equals(TOTAL) ? 2000 : 1000;
    }

    /** The list of {@code Microsoft.Compute/skus} for a region. */
    static Stream<ObjectNode> skus(String region) {
        return Stream.concat(ALL.values().stream().map(size -> sku(size, region)), Stream.of(diskSku(region)));
    }

    private static ObjectNode sku(VmSize size, String region) {
        ObjectNode sku = Json.object()
                .put("resourceType", "virtualMachines")
                .put("name", size.name())
                .put("tier", "Standard")
                .put("size", size.name().substring("Standard_".length()))
                .put("family", size.family());
        sku.putArray("locations").add(region);
        ObjectNode info = sku.putArray("locationInfo").addObject().put("location", region);
        ArrayNode zones = info.putArray("zones");
        size.zones().stream().filter(Regions.zones(region)::contains).forEach(zones::add);
        info.putArray("zoneDetails");
        ArrayNode capabilities = sku.putArray("capabilities");
        capability(capabilities, "vCPUs", String.valueOf(size.vcpus()));
        capability(capabilities, "vCPUsAvailable", String.valueOf(size.vcpus()));
        capability(capabilities, "MemoryGB", String.valueOf(size.memoryGib()));
        capability(capabilities, "CpuArchitectureType", size.architecture());
        capability(capabilities, "HyperVGenerations", "V1,V2");
        for (String name : List.of(
                "PremiumIO", "EncryptionAtHostSupported", "LowPriorityCapable", "CapacityReservationSupported")) {
            capability(capabilities, name, "True");
        }
        capability(capabilities, "EphemeralOSDiskSupported", size.cacheGib() > 0 ? "True" : "False");
        if (size.cacheGib() > 0) {
            capability(capabilities, "CachedDiskBytes", String.valueOf(size.cacheGib() * (1L << 30)));
            capability(capabilities, "MaxResourceVolumeMB", String.valueOf(size.temporaryGib() * 1024));
            capability(capabilities, "SupportedEphemeralOSDiskPlacements", "ResourceDisk,CacheDisk");
        }
        if (size.gpus() > 0) {
            capability(capabilities, "GPUs", String.valueOf(size.gpus()));
        }
        sku.putArray("restrictions");
        return sku;
    }

    private static ObjectNode diskSku(String region) {
        ObjectNode disk = Json.object()
                .put("resourceType", "disks")
                .put("name", "Premium_LRS")
                .put("tier", "Premium")
                .put("size", "P10");
        disk.putArray("locations").add(region);
        disk.putArray("restrictions");
        return disk;
    }

    private static void capability(ArrayNode capabilities, String name, String value) {
        capabilities.addObject().put("name", name).put("value", value);
    }

    private static void standard(String name, String family, int vcpus, int memory) {
        add(name, family, vcpus, memory, 0, "x64", "123");
    }

    private static void gpu(String name, String family, int vcpus, int memory, int gpus, String zones) {
        add(name, family, vcpus, memory, gpus, "x64", zones);
    }

    private static void add(
            String name, String family, int vcpus, int memory, int gpus, String architecture, String zones) {
        ALL.put(name, new VmSize(name, family, vcpus, memory, gpus, architecture, List.of(zones.split(""))));
    }

    /** Families in the order of the catalog. */
    public static List<String> families() {
        return ALL.values().stream().map(VmSize::family).distinct().toList();
    }
}
