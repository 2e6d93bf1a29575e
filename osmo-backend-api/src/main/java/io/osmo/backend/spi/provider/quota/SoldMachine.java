// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider.quota;

import java.util.List;
import java.util.Map;

/**
 * A machine type that a region offers.
 *
 * @param type name of the type, as in a spec
 * @param gpu model of its GPUs; empty without GPUs
 * @param gpus number of GPUs of one machine
 * @param vcpus processors of one machine, as the cloud counts them
 * @param memoryMib memory of one machine in MiB
 * @param zones zones that offer it; empty in a region without zones
 * @param onDemand what one on-demand machine uses of quotas; amounts by quota code
 * @param spot what one spot machine uses of quotas; amounts by quota code
 */
public record SoldMachine(
        String type,
        String gpu,
        int gpus,
        int vcpus,
        long memoryMib,
        List<String> zones,
        Map<String, Long> onDemand,
        Map<String, Long> spot) {
    public SoldMachine {
        zones = List.copyOf(zones);
        onDemand = Map.copyOf(onDemand);
        spot = Map.copyOf(spot);
    }

    /** What one machine uses of quotas; amounts by quota code. */
    public Map<String, Long> draws(boolean asSpot) {
        return asSpot ? spot : onDemand;
    }

    /**
     * Whether it can replace another type: it has the same number of the same GPUs and at least as much memory, and without GPUs at least
     * as many processors.
     */
    public boolean replaces(SoldMachine other) {
        return !type.equals(other.type)
                && gpu.equals(other.gpu)
                && gpus == other.gpus
                && memoryMib >= other.memoryMib
                && (gpus > 0 || vcpus >= other.vcpus);
    }
}
