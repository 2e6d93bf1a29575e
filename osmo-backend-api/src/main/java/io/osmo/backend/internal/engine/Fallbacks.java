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
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Which alternatives of pools one apply has chosen. The rounds of an apply come one after the other, each of them on a thread of its own,
 * so access is synchronized.
 */
final class Fallbacks {
    /** A reservation without a free place has no machine for a pool either. */
    private static final Set<String> STOCK_OUTS = Set.of(Cause.NO_CAPACITY, Cause.RESERVATION_USED_UP);

    private final Map<String, Integer> chosen = new HashMap<>();
    private final Map<String, String> exhausted = new TreeMap<>();
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
        return !exhausted.containsKey(pool.name()) && next(pool).isPresent();
    }

    /** The next alternative that is not what was tried before under another number. */
    private OptionalInt next(NodePool pool) {
        int now = chosen.getOrDefault(pool.name(), 0);
        return IntStream.rangeClosed(now + 1, pool.fallback().size())
                .filter(number -> IntStream.range(0, number)
                        .noneMatch(earlier -> Alternatives.of(pool, earlier).equals(Alternatives.of(pool, number))))
                .findFirst();
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

    /** What the pools are that exist, to which those go back that have no alternative left. */
    synchronized Map<String, Integer> standing() {
        return Map.copyOf(chosen);
    }

    /**
     * Passes over the alternatives of pools that would do more to running work than the caller allows. A pool without a further one stays
     * as it is, and no alternative of it is tried any more.
     *
     * @param standing what the pools are that exist
     */
    synchronized List<Event.PoolFellBack> passOver(
            BackendSpec spec, BackendRef ref, Map<String, String> reasons, Map<String, Integer> standing, Instant now) {
        List<Event.PoolFellBack> further = new ArrayList<>();
        for (NodePool pool : spec.pools()) {
            String reason = reasons.get(pool.name());
            if (reason != null && hasNext(pool)) {
                further.add(advance(pool, ref, reason, now));
            } else if (reason != null) {
                giveUp(
                        pool.name(),
                        Alternatives.text(pool, chosen.getOrDefault(pool.name(), 0)) + ": " + reason,
                        standing);
            }
        }
        return further;
    }

    private void giveUp(String pool, String reason, Map<String, Integer> standing) {
        exhausted.put(pool, reason);
        chosen.put(pool, standing.getOrDefault(pool, 0));
    }

    /** Why the last alternatives of pools were not tried, by pool. */
    synchronized Map<String, String> untried() {
        return new TreeMap<>(exhausted);
    }

    /**
     * Passes over alternatives that the cloud's answers forbid by now, although they did not with the plan: a reservation that others use.
     *
     * A pool without a further one stays as it is.
     *
     * @param standing what the pools are that exist
     * @return whether that explains all violations
     */
    synchronized Optional<List<Event.PoolFellBack>> passOver(
            BackendSpec spec, BackendRef ref, List<Violation> violations, Map<String, Integer> standing, Instant now) {
        Map<String, String> reasons = new LinkedHashMap<>();
        for (Violation violation : violations) {
            Optional<NodePool> pool = spec.pools().stream()
                    .filter(each -> !standing.getOrDefault(each.name(), 0).equals(chosen.getOrDefault(each.name(), 0))
                            && violation.path().startsWith(Alternatives.path(spec, each) + "."))
                    .findFirst();
            if (pool.isEmpty()) {
                return Optional.empty();
            }
            reasons.putIfAbsent(pool.get().name(), violation.toString());
        }
        return Optional.of(passOver(spec, ref, reasons, standing, now));
    }

    private Event.PoolFellBack advance(NodePool pool, BackendRef ref, String reason, Instant now) {
        int before = chosen.getOrDefault(pool.name(), 0);
        int after = next(pool).orElseThrow();
        chosen.put(pool.name(), after);
        Event.PoolFellBack next = new Event.PoolFellBack(
                now, ref, pool.name(), Alternatives.text(pool, before), Alternatives.text(pool, after), reason);
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
