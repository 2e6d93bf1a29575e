// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider.quota;

import java.util.List;
import java.util.Map;

/**
 * A machine type as a region sells it.
 *
 * @param type as a spec names it
 * @param gpu model of its GPUs; empty without GPUs
 * @param gpus GPUs of one machine
 * @param zones that sell it; empty in a region without zones
 * @param onDemand what one machine takes of quotas, by code
 * @param spot what one spot machine takes of quotas, by code
 */
public record SoldMachine(
        String type,
        String gpu,
        int gpus,
        long memoryMib,
        List<String> zones,
        Map<String, Long> onDemand,
        Map<String, Long> spot) {
    public SoldMachine {
        zones = List.copyOf(zones);
        onDemand = Map.copyOf(onDemand);
        spot = Map.copyOf(spot);
    }

    /** What one machine takes of quotas, by code. */
    public Map<String, Long> draws(boolean asSpot) {
        return asSpot ? spot : onDemand;
    }

    /** Whether it can do the work of another type: as many of the same GPUs, and at least as much memory. */
    public boolean replaces(SoldMachine other) {
        return !type.equals(other.type) && gpu.equals(other.gpu) && gpus == other.gpus && memoryMib >= other.memoryMib;
    }
}
