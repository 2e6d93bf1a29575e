// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.engine;

import io.osmo.backend.diagnosis.Cause;
import io.osmo.backend.diagnosis.Diagnosis;
import io.osmo.backend.diagnosis.PoolDiagnosis;
import io.osmo.backend.error.Violation;
import io.osmo.backend.event.Event;
import io.osmo.backend.plan.Change;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodePool;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which alternatives of pools one apply has chosen. The rounds of an apply come one after the other, each of them on a thread of its own,
 * so access is synchronised.
 */
final class Fallbacks {
    /** A reservation without a free place has no machine for a pool either. */
    private static final Set<String> STOCK_OUTS = Set.of(Cause.NO_CAPACITY, Cause.RESERVATION_USED_UP);

    private final Map<String, Integer> chosen = new HashMap<>();
    private final List<Event.PoolFellBack> all = new ArrayList<>();

    /** Begins with what exists already. */
    synchronized void choose(Map<String, Integer> running) {
        chosen.putAll(running);
    }

    synchronized BackendSpec settle(BackendSpec spec) {
        return Alternatives.with(spec, chosen);
    }

    synchronized List<Event.PoolFellBack> all() {
        return List.copyOf(all);
    }

    /** Whether one of these pools has an alternative that was not tried. */
    synchronized boolean hasNext(BackendSpec spec, Set<String> pools) {
        return spec.pools().stream().anyMatch(pool -> pools.contains(pool.name()) && hasNext(pool));
    }

    private boolean hasNext(NodePool pool) {
        return chosen.getOrDefault(pool.name(), 0) < pool.fallback().size();
    }

    /** Chooses the next alternative of each pool that the cloud has no machine for, and of no other. */
    synchronized List<Event.PoolFellBack> advance(BackendSpec spec, BackendRef ref, Diagnosis diagnosis, Instant now) {
        List<Event.PoolFellBack> next = new ArrayList<>();
        for (PoolDiagnosis found : diagnosis.pools()) {
            spec.pools().stream()
                    .filter(pool -> pool.name().equals(found.pool()) && isStockOut(found) && hasNext(pool))
                    .forEach(pool -> next.add(
                            advance(pool, ref, found.cause().map(Cause::text).orElse(""), now)));
        }
        return next;
    }

    /**
     * Passes over alternatives that the cloud's answers forbid by now, although they did not with the plan: a reservation that others use.
     *
     * @return empty if that explains not all violations, or a pool has no further alternative
     */
    synchronized List<Event.PoolFellBack> passOver(
            BackendSpec spec, BackendRef ref, List<Violation> violations, Instant now) {
        Map<NodePool, Violation> fallen = new LinkedHashMap<>();
        for (Violation violation : violations) {
            Optional<NodePool> pool = spec.pools().stream()
                    .filter(each -> chosen.containsKey(each.name())
                            && hasNext(each)
                            && violation.path().startsWith(Alternatives.path(spec, each) + "."))
                    .findFirst();
            if (pool.isEmpty()) {
                return List.of();
            }
            fallen.putIfAbsent(pool.get(), violation);
        }
        return fallen.entrySet().stream()
                .map(each -> advance(each.getKey(), ref, each.getValue().toString(), now))
                .toList();
    }

    private Event.PoolFellBack advance(NodePool pool, BackendRef ref, String reason, Instant now) {
        int before = chosen.getOrDefault(pool.name(), 0);
        chosen.put(pool.name(), before + 1);
        Event.PoolFellBack next = new Event.PoolFellBack(
                now, ref, pool.name(), Alternatives.text(pool, before), Alternatives.text(pool, before + 1), reason);
        all.add(next);
        return next;
    }

    private static boolean isStockOut(PoolDiagnosis found) {
        return STOCK_OUTS.stream().anyMatch(found::causedBy);
    }

    /** The changes that are not about pools that have fallen back: these must be in the plan. */
    synchronized List<Change> others(Difference difference) {
        Set<String> fallen = chosen.keySet();
        return difference.steps().stream()
                .filter(step -> step.target().pool().filter(fallen::contains).isEmpty())
                .map(Step::change)
                .toList();
    }
}
