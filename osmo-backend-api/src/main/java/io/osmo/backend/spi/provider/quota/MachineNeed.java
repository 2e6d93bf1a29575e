// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider.quota;

import java.util.HashMap;
import java.util.Map;

/**
 * The machines that a pool can still add until it is at its maximum.
 *
 * @param pool name of the pool
 * @param machine type of the machines
 * @param nodes number of additional machines; those that run already count toward what is used of a quota
 * @param spot whether they are spot machines
 * @param alongside what each machine uses of quotas in addition to the machine itself, such as for its disk; amounts by quota code
 * @param freed what all nodes that these machines replace release; amounts by quota code
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

    /** Machines that use no quotas but their own, and replace nothing. */
    public MachineNeed(String pool, SoldMachine machine, long nodes, boolean spot) {
        this(pool, machine, nodes, spot, Map.of(), Map.of());
    }

    /** Adds nodes of the same kind, such as those of another zone. */
    MachineNeed and(MachineNeed more) {
        Map<String, Long> together = new HashMap<>(freed);
        more.freed.forEach((code, amount) -> together.merge(code, amount, Long::sum));
        return new MachineNeed(pool, machine, nodes + more.nodes, spot, alongside, together);
    }

    /** What one machine uses of a quota. */
    long each(String code) {
        return alongside.getOrDefault(code, 0L) + machine.draws(spot).getOrDefault(code, 0L);
    }

    /** What all machines use after deducting what is freed; amounts by quota code. */
    Map<String, Long> draws() {
        Map<String, Long> draws = new HashMap<>(alongside);
        machine.draws(spot).forEach((code, amount) -> draws.merge(code, amount, Long::sum));
        draws.replaceAll((code, amount) -> Math.max(0, amount * nodes - freed.getOrDefault(code, 0L)));
        return draws;
    }
}
