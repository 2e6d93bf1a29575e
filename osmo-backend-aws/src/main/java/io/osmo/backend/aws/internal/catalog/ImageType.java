// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.catalog;

import io.osmo.backend.spec.PoolRole;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Image types of EKS (RT-1). The NVIDIA variants include driver and container toolkit, but no device plugin: the GPU Operator
 * is installed with both switched off.
 */
public final class ImageType {
    /** What a pool may run; newer variants of the same families are known by their spelling. */
    private static final Set<String> FAMILIES = Set.of("AL2023_", "BOTTLEROCKET_");

    private static final String NVIDIA = "_NVIDIA";

    private static final String AMAZON_LINUX_ROOT = "/dev/xvda";
    /** Bottlerocket keeps images and pods' files on a second disk. */
    private static final String BOTTLEROCKET_DATA = "/dev/xvdb";

    private ImageType() {}

    /**
     * AL2023, of which there is one variant for each architecture that brings the driver and toolkit of GPUs, and one that does not.
     *
     * @param driver whether the image brings them
     */
    public static String amazonLinux(boolean driver, Optional<MachineType> machine) {
        boolean arm = machine.map(MachineType::arm).orElse(false);
        return "AL2023_" + (arm ? "ARM_64" : "x86_64") + (driver ? NVIDIA : "_STANDARD");
    }

    /** Whether an image brings the driver of GPUs; {@code _GPU} is how Amazon Linux 2 spelled it. */
    public static boolean hasDriver(String type) {
        return type.contains(NVIDIA) || type.contains("_GPU");
    }

    /** Whether an image is of Bottlerocket, which brings the device plugin too. */
    public static boolean isBottlerocket(String type) {
        return type.startsWith("BOTTLEROCKET_");
    }

    /** What is wrong with an image type for a role; empty when nothing is. */
    public static Optional<Objection> objection(String type, PoolRole role) {
        if (type.startsWith("AL2_")) {
            return Optional.of(new Objection(
                    "AL2023 or Bottlerocket: EKS has published no Amazon Linux 2 images since 2025-11-26, and their"
                            + " containerd is older than 1.7.27",
                    "Use " + replacement(type) + "."));
        }
        if (FAMILIES.stream().noneMatch(type::startsWith) || type.endsWith("_NEURON")) {
            return Optional.of(new Objection(
                    "an AL2023_… or BOTTLEROCKET_… image type for CPUs or NVIDIA GPUs",
                    "Use " + (role == PoolRole.GPU ? "AL2023_x86_64_NVIDIA" : "AL2023_x86_64_STANDARD")
                            + ", or leave it out."));
        }
        if (type.contains(NVIDIA) != (role == PoolRole.GPU)) {
            return Optional.of(new Objection(
                    role == PoolRole.GPU ? "an NVIDIA variant, which includes the driver" : "a variant without NVIDIA",
                    "Leave it out: the provider picks the variant that fits."));
        }
        return Optional.empty();
    }

    private static String replacement(String type) {
        boolean arm = type.toUpperCase(Locale.ROOT).contains("ARM");
        return type.endsWith("_GPU")
                ? "AL2023_x86_64_NVIDIA"
                : arm ? "AL2023_ARM_64_STANDARD" : "AL2023_x86_64_STANDARD";
    }

    /** Whether an image runs on Arm. */
    public static boolean isArm(String type) {
        return type.contains("_ARM_64");
    }

    /** Name of the disk that machines of an image type keep images and pods' files on. */
    public static String dataDevice(String type) {
        return isBottlerocket(type) ? BOTTLEROCKET_DATA : AMAZON_LINUX_ROOT;
    }

    /**
     * @param allowed what is allowed instead, as a clause
     */
    public record Objection(String allowed, String remedy) {}
}
