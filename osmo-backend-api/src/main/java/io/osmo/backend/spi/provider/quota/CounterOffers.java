// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider.quota;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What would fit into the quotas in place of the machines that do not. Pure. */
final class CounterOffers {
    private static final int TYPES = 3;

    private CounterOffers() {}

    /**
     * @param candidates types that the region sells
     * @param code of the quota that does not suffice
     * @param needed of it by the whole backend
     * @param left of it
     * @return a clause each
     */
    static List<String> of(
            MachineNeed need, List<SoldMachine> candidates, QuotaBook book, String code, long needed, long left) {
        List<String> offers = new ArrayList<>();
        long mine = need.draws().getOrDefault(code, 0L);
        long each = Math.max(1, need.each(code));
        // What the other pools need of the same quota is theirs.
        long forThis = Math.max(0, left - (needed - mine));
        if (forThis >= each) {
            offers.add(forThis / each + " of " + need.nodes() + " nodes of pool " + need.pool() + " fit as "
                    + need.machine().type());
        }
        Budget budget = new Budget(need, book, code, forThis);
        candidates.stream()
                .filter(machine -> machine.replaces(need.machine()))
                .filter(machine -> budget.holds(machine.draws(need.spot())))
                .sorted(Comparator.comparingLong(SoldMachine::memoryMib).thenComparing(SoldMachine::type))
                .limit(TYPES)
                .forEach(machine -> offers.add("pool " + need.pool() + " fits as " + machine.type() + zones(machine)));
        if (!need.spot()
                && !need.machine().spot().isEmpty()
                && budget.holds(need.machine().spot())) {
            offers.add("pool " + need.pool() + " fits as spot machines of "
                    + need.machine().type());
        }
        return offers;
    }

    private static String zones(SoldMachine machine) {
        return machine.zones().isEmpty() ? "" : " in " + String.join(", ", machine.zones());
    }

    /** What is left for the machines of one pool. */
    private record Budget(MachineNeed need, QuotaBook book, String code, long left) {
        boolean holds(Map<String, Long> draws) {
            return !draws.isEmpty()
                    && draws.entrySet().stream()
                            .allMatch(draw -> draw.getValue() * need.nodes() <= left(draw.getKey()));
        }

        private long left(String quota) {
            return quota.equals(code) ? left : book.of(quota).left().known().orElse(0L);
        }
    }
}
