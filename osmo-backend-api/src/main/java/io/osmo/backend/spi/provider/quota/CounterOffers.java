// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider.quota;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Suggests what would fit the quotas instead of the machines of a pool. Pure.
 *
 * @param code code of the exceeded quota
 * @param mayBeSpot whether the pool can use spot machines, which the cloud can take back
 */
record CounterOffers(MachineNeed need, QuotaBook book, String code, boolean mayBeSpot) {
    private static final int TYPES = 3;

    /**
     * Suggestions, each as a clause.
     *
     * @param candidates machine types that the region offers
     * @param needed what the whole backend needs of the quota
     * @param left what is left of the quota
     */
    List<String> of(List<SoldMachine> candidates, long needed, long left) {
        List<String> offers = new ArrayList<>();
        long each = Math.max(1, need.each(code));
        // Set aside what the other pools need of the same quota.
        long own = Math.max(0, left - (needed - need.draws().getOrDefault(code, 0L)));
        if (own >= each) {
            offers.add(own / each + " of " + need.nodes() + " nodes of pool " + need.pool() + " fit as "
                    + need.machine().type());
        }
        candidates.stream()
                .filter(machine -> machine.replaces(need.machine()))
                .filter(machine -> fits(machine.draws(need.spot()), own))
                .sorted(Comparator.comparingLong(SoldMachine::memoryMib).thenComparing(SoldMachine::type))
                .limit(TYPES)
                .forEach(machine -> offers.add("pool " + need.pool() + " fits as " + machine.type() + zones(machine)));
        if (mayBeSpot && !need.spot() && fits(need.machine().spot(), own)) {
            offers.add("pool " + need.pool() + " fits as spot machines of "
                    + need.machine().type());
        }
        return offers;
    }

    private static String zones(SoldMachine machine) {
        return machine.zones().isEmpty() ? "" : " in " + String.join(", ", machine.zones());
    }

    /** Whether the same number of machines would fit if each used these amounts of the quotas. */
    private boolean fits(Map<String, Long> draws, long own) {
        return !draws.isEmpty()
                && draws.entrySet().stream()
                        .allMatch(draw -> draw.getValue() * need.nodes() <= left(draw.getKey(), own));
    }

    private long left(String quota, long own) {
        return quota.equals(code) ? own : book.of(quota).left().known().orElse(0L);
    }
}
