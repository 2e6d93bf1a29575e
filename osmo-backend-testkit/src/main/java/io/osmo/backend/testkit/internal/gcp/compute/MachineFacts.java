// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.compute;

import io.osmo.backend.testkit.internal.gcp.GcpQuotas;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A machine type that the emulated regions sell. Sizes are from <a
 * href="https://cloud.google.com/compute/docs/machine-resource">the documentation of machine families</a>.
 *
 * @param gpus built-in accelerators; N1 has none, they are attached to it
 * @param gpuType their type, null if there are none
 * @param quota metric that its CPUs count toward; empty for most machines with built-in accelerators, which count toward none
 * @param zones letters of the zones that sell it
 * @param hyperdiskOnly whether persistent disks cannot be attached
 */
public record MachineFacts(
        String name,
        boolean arm,
        int cpus,
        int memoryMib,
        int gpus,
        @Nullable String gpuType,
        String quota,
        String zones,
        boolean hyperdiskOnly) {
    private static final Map<String, MachineFacts> ALL = new LinkedHashMap<>();
    private static final Map<String, Gpu> GPUS = new LinkedHashMap<>();
    private static final Map<String, Integer> LOCAL_SSDS = Map.of(
            "a2-ultragpu-1g", 1,
            "a2-ultragpu-8g", 8,
            "a3-highgpu-1g", 2,
            "a3-highgpu-8g", 16,
            "a3-megagpu-8g", 16,
            "a3-ultragpu-8g", 32,
            "a4-highgpu-8g", 32);

    /**
     * An accelerator type.
     *
     * @param perMachine most that one machine can have
     * @param quota metric that it counts toward
     * @param attachable whether it can be attached to N1 machines
     */
    public record Gpu(String name, int perMachine, String quota, String zones, boolean attachable) {
        public boolean isSoldIn(String zone) {
            return zones.contains(zone.substring(zone.length() - 1));
        }
    }

    static {
        family("e2-standard", 4096, GcpQuotas.CPUS, 2, 4, 8, 16, 32);
        family("e2-highmem", 8192, GcpQuotas.CPUS, 2, 4, 8, 16);
        family("n1-standard", 3840, GcpQuotas.CPUS, 1, 2, 4, 8, 16, 32, 64, 96);
        family("n1-highmem", 6656, GcpQuotas.CPUS, 2, 4, 8, 16, 32, 64, 96);
        family("n2-standard", 4096, "N2_CPUS", 2, 4, 8, 16, 32, 48, 64, 80, 96, 128);
        family("n2d-standard", 4096, "N2D_CPUS", 2, 4, 8, 16, 32, 48, 64);
        family("c2-standard", 4096, "C2_CPUS", 4, 8, 16, 30, 60);
        family("c3-standard", 4096, "C3_CPUS", 4, 8, 22, 44, 88, 176);
        add(new MachineFacts("t2a-standard-4", true, 4, 16_384, 0, null, GcpQuotas.CPUS, "abf", false));
        add(new MachineFacts("c4a-standard-8", true, 8, 32_768, 0, null, GcpQuotas.CPUS, "abc", true));

        GPUS.put("nvidia-tesla-t4", new Gpu("nvidia-tesla-t4", 4, "NVIDIA_T4_GPUS", "abcdf", true));
        GPUS.put("nvidia-tesla-v100", new Gpu("nvidia-tesla-v100", 8, "NVIDIA_V100_GPUS", "abcf", true));
        gpu("g2-standard-4", 4, 16, 1, "nvidia-l4", 8, "NVIDIA_L4_GPUS", "abcd", false);
        gpu("g2-standard-8", 8, 32, 1, "nvidia-l4", 8, "NVIDIA_L4_GPUS", "abcd", false);
        gpu("g2-standard-12", 12, 48, 1, "nvidia-l4", 8, "NVIDIA_L4_GPUS", "abcd", false);
        gpu("g2-standard-24", 24, 96, 2, "nvidia-l4", 8, "NVIDIA_L4_GPUS", "abcd", false);
        gpu("g2-standard-48", 48, 192, 4, "nvidia-l4", 8, "NVIDIA_L4_GPUS", "abcd", false);
        gpu("g2-standard-96", 96, 384, 8, "nvidia-l4", 8, "NVIDIA_L4_GPUS", "abcd", false);
        gpu("a2-highgpu-1g", 12, 85, 1, "nvidia-tesla-a100", 16, "NVIDIA_A100_GPUS", "abcf", false);
        gpu("a2-highgpu-2g", 24, 170, 2, "nvidia-tesla-a100", 16, "NVIDIA_A100_GPUS", "abcf", false);
        gpu("a2-highgpu-4g", 48, 340, 4, "nvidia-tesla-a100", 16, "NVIDIA_A100_GPUS", "abcf", false);
        gpu("a2-highgpu-8g", 96, 680, 8, "nvidia-tesla-a100", 16, "NVIDIA_A100_GPUS", "abcf", false);
        gpu("a2-megagpu-16g", 96, 1360, 16, "nvidia-tesla-a100", 16, "NVIDIA_A100_GPUS", "abcf", false);
        gpu("a2-ultragpu-1g", 12, 170, 1, "nvidia-a100-80gb", 8, "NVIDIA_A100_80GB_GPUS", "ac", false);
        gpu("a2-ultragpu-8g", 96, 1360, 8, "nvidia-a100-80gb", 8, "NVIDIA_A100_80GB_GPUS", "ac", false);
        gpu("a3-highgpu-1g", 26, 234, 1, "nvidia-h100-80gb", 8, "NVIDIA_H100_GPUS", "abc", false);
        gpu("a3-highgpu-8g", 208, 1872, 8, "nvidia-h100-80gb", 8, "NVIDIA_H100_GPUS", "abc", false);
        gpu("a3-megagpu-8g", 208, 1872, 8, "nvidia-h100-mega-80gb", 8, "NVIDIA_H100_GPUS", "bc", false);
        gpu("a3-ultragpu-8g", 224, 2952, 8, "nvidia-h200-141gb", 8, "NVIDIA_H200_GPUS", "b", true);
        gpu("a4-highgpu-8g", 224, 3968, 8, "nvidia-b200", 8, "NVIDIA_B200_GPUS", "b", true);
    }

    public static Optional<MachineFacts> find(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    public static MachineFacts get(String name) {
        return find(name).orElseThrow();
    }

    static Map<String, MachineFacts> all() {
        return ALL;
    }

    public static Gpu accelerator(String type) {
        return Optional.ofNullable(GPUS.get(type)).orElseThrow();
    }

    public static Map<String, Gpu> accelerators() {
        return GPUS;
    }

    public boolean isSoldIn(String zone) {
        return zones.contains(zone.substring(zone.length() - 1));
    }

    /** Local SSDs that machines of this type always have. */
    public int localSsds() {
        return LOCAL_SSDS.getOrDefault(name, 0);
    }

    public int memoryGib() {
        return memoryMib / 1024;
    }

    private static void family(String prefix, int memoryPerCpu, String quota, int... sizes) {
        for (int cpus : sizes) {
            add(new MachineFacts(
                    prefix + "-" + cpus, false, cpus, cpus * memoryPerCpu, 0, null, quota, "abcdf", false));
        }
    }

    private static void gpu(
            String name,
            int cpus,
            int memoryGib,
            int gpus,
            String type,
            int perMachine,
            String quota,
            String zones,
            boolean hyperdiskOnly) {
        GPUS.putIfAbsent(type, new Gpu(type, perMachine, quota, zones, false));
        String cpuQuota = name.startsWith("a2-") ? "A2_CPUS" : "";
        add(new MachineFacts(name, false, cpus, memoryGib * 1024, gpus, type, cpuQuota, zones, hyperdiskOnly));
    }

    private static void add(MachineFacts machine) {
        ALL.put(machine.name(), machine);
    }
}
