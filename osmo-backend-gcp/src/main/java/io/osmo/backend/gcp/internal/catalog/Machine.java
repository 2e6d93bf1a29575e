// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.catalog;

import com.google.cloud.compute.v1.Accelerators;
import com.google.cloud.compute.v1.MachineType;
import java.util.Optional;

/**
 * A machine type.
 *
 * @param accelerator type of its built-in accelerators
 * @param gpus number of built-in accelerators
 * @param architecture {@code amd64} or {@code arm64}
 * @param localSsds number of local SSDs that it always has
 */
public record Machine(
        String name,
        int vcpus,
        long memoryMib,
        Optional<String> accelerator,
        int gpus,
        String architecture,
        int localSsds) {
    static Machine of(MachineType type) {
        Optional<Accelerators> built = type.getAcceleratorsList().stream().findFirst();
        return new Machine(
                type.getName(),
                type.getGuestCpus(),
                type.getMemoryMb(),
                built.map(Accelerators::getGuestAcceleratorType),
                built.map(Accelerators::getGuestAcceleratorCount).orElse(0),
                type.getArchitecture().equals("ARM64") ? "arm64" : "amd64",
                type.getBundledLocalSsds().getPartitionCount());
    }
}
