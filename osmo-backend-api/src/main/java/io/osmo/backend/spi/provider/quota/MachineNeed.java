// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider.quota;

import java.util.HashMap;
import java.util.Map;

/**
 * Machines that are still to come for a pool at its maximum.
 *
 * @param pool name of the pool
 * @param nodes how many; those that run are among what is used
 * @param alongside what each of them takes of quotas beside the machine itself, such as its disk, by code
 * @param freed what nodes of another type give back while these take their place, by code
 */
public record MachineNeed(
        String pool,
        SoldMachine machine,
        long nodes,
        boolean spot,
        Map<String, Long> alongside,
        Map<String, Long> freed) {
    public MachineNeed {
        alongside = Map.copyOf(alongside);
        freed = Map.copyOf(freed);
    }

    public MachineNeed(String pool, SoldMachine machine, long nodes, boolean spot) {
        this(pool, machine, nodes, spot, Map.of(), Map.of());
    }

    /** Adds nodes of the same kind, such as those of another zone. */
    MachineNeed and(MachineNeed more) {
        Map<String, Long> together = new HashMap<>(freed);
        more.freed.forEach((code, amount) -> together.merge(code, amount, Long::sum));
        return new MachineNeed(pool, machine, nodes + more.nodes, spot, alongside, together);
    }

    /** What one of them takes of a quota. */
    long each(String code) {
        return alongside.getOrDefault(code, 0L) + machine.draws(spot).getOrDefault(code, 0L);
    }

    /** What all of them take, by code. */
    Map<String, Long> draws() {
        Map<String, Long> draws = new HashMap<>(alongside);
        machine.draws(spot).forEach((code, amount) -> draws.merge(code, amount, Long::sum));
        draws.replaceAll((code, amount) -> Math.max(0, amount * nodes - freed.getOrDefault(code, 0L)));
        return draws;
    }
}
