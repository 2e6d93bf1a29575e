// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.engine;

import io.osmo.backend.plan.Action;
import io.osmo.backend.plan.Change;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Resource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Puts verdicts in order. Creations follow the graph, deletions go against it. What is deleted while the backend lives on goes last:
 * after what takes its place, and after every pool that the same plan creates. Pools whose work is disturbed take turns. Pure.
 */
final class StepOrder {
    private final Map<ResourceId, Resource<?>> wanted;
    private final Map<ResourceId, Verdict> verdicts;
    private final Map<ResourceId, ResourceId> drains;
    private final Map<ResourceId, Set<ResourceId>> takes;
    private final boolean sweep;
    private final Map<ResourceId, Set<ResourceId>> edges = new LinkedHashMap<>();
    private final Map<ResourceId, Set<ResourceId>> removedAfter = new HashMap<>();

    /**
     * @param drains the pool of each drain
     * @param takes what is deleted together with a resource
     * @param sweep whether everything is deleted, so that pools do not take turns
     */
    StepOrder(
            Map<ResourceId, Resource<?>> wanted,
            Map<ResourceId, Verdict> verdicts,
            Map<ResourceId, ResourceId> drains,
            Map<ResourceId, Set<ResourceId>> takes,
            boolean sweep) {
        this.wanted = wanted;
        this.verdicts = verdicts;
        this.drains = drains;
        this.takes = takes;
        this.sweep = sweep;
    }

    List<Step> steps() {
        verdicts.forEach(this::follow);
        verdicts.forEach((id, verdict) -> {
            if (!sweep && verdict.removes()) {
                successors(id).forEach(ready -> removeAfter(id, ready));
            }
        });
        verdicts.forEach((id, verdict) -> {
            if (!sweep && verdict.removes()) {
                prerequisites(pool(id)).forEach(ready -> removeAfterIfPossible(id, ready));
                otherPools(id).forEach(ready -> removeAfterIfPossible(id, ready));
                users(pool(id)).forEach(ready -> removeAfterIfPossible(id, ready));
            }
        });
        Map<ResourceId, String> turns = sweep ? Map.of() : turns();
        takeTurns(turns);
        List<Step> steps = new ArrayList<>();
        for (ResourceId id : Graph.sort(edges)) {
            Verdict verdict = verdicts.get(id);
            if (verdict != null) {
                steps.add(step(id, verdict, Optional.ofNullable(turns.get(id))));
            }
        }
        return List.copyOf(steps);
    }

    private Step step(ResourceId id, Verdict verdict, Optional<String> turn) {
        Change change = new Change(
                id,
                verdict.action(),
                verdict.target().describe(),
                verdict.reason(),
                verdict.fields(),
                before(id),
                verdict.estimate(),
                verdict.disruption(),
                verdict.removes() ? takes.getOrDefault(id, Set.of()) : Set.of());
        return new Step(
                change,
                Optional.ofNullable(wanted.get(id)),
                verdict.target(),
                verdict.ensures() ? ensuredBefore(verdict) : Set.of(),
                removedAfter.getOrDefault(id, Set.of()),
                turn);
    }

    private Set<ResourceId> before(ResourceId id) {
        return edges.computeIfAbsent(id, i -> new TreeSet<>());
    }

    private void follow(ResourceId id, Verdict verdict) {
        Set<ResourceId> befores = before(id);
        if (verdict.ensures()) {
            befores.addAll(ensuredBefore(verdict));
            return;
        }
        for (ResourceId before : verdict.target().after()) {
            Verdict other = verdicts.get(before);
            if (other != null && other.removes()) {
                before(before).add(id);
            }
        }
    }

    /**
     * What comes before a resource and is changed too. What lies in between may be as wanted: a node pool comes after the key of its
     * cluster, even if the cluster itself does not change.
     */
    private Set<ResourceId> ensuredBefore(Verdict verdict) {
        Set<ResourceId> found = new TreeSet<>();
        Set<ResourceId> seen = new HashSet<>();
        Deque<ResourceId> open = new ArrayDeque<>(verdict.target().after());
        while (!open.isEmpty()) {
            ResourceId before = open.remove();
            if (!seen.add(before)) {
                continue;
            }
            Verdict other = verdicts.get(before);
            Resource<?> between = wanted.get(before);
            if (other != null && other.ensures()) {
                found.add(before);
            } else if (other == null && between != null) {
                open.addAll(between.after());
            }
        }
        return found;
    }

    /** The pool of a drain; anything else itself. */
    private ResourceId pool(ResourceId id) {
        return drains.getOrDefault(id, id);
    }

    /** What takes the place of a resource, or of the pool that is drained. */
    private List<ResourceId> successors(ResourceId id) {
        return verdicts.keySet().stream()
                .filter(other -> wanted.containsKey(other)
                        && wanted.get(other).replaces().contains(pool(id)))
                .toList();
    }

    /** What the creation of a replaced resource needs, as far as it does not itself wait for a deletion. */
    private List<ResourceId> prerequisites(ResourceId id) {
        Verdict verdict = verdicts.get(id);
        return verdict == null || verdict.action() != Action.REPLACE
                ? List.of()
                : verdict.target().after().stream()
                        .filter(before -> verdicts.containsKey(before) && !waitsForDeletion(before))
                        .toList();
    }

    private boolean waitsForDeletion(ResourceId id) {
        return reachable(id).stream().map(verdicts::get).anyMatch(verdict -> verdict != null && verdict.removes());
    }

    /** A pool that nothing replaces is deleted after the pools that the plan creates are ready: it may hold their work until then. */
    private List<ResourceId> otherPools(ResourceId id) {
        Verdict pool = verdicts.get(pool(id));
        if (pool == null
                || pool.action() != Action.DELETE
                || pool.target().nodes().isEmpty()
                || !successors(id).isEmpty()) {
            return List.of();
        }
        return verdicts.entrySet().stream()
                .filter(other -> other.getValue().target().nodes().isPresent()
                        && (other.getValue().action() == Action.CREATE
                                || other.getValue().action() == Action.WAIT))
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * What may refer to a resource until it is updated, such as a route to a NAT gateway: whatever comes after one of its kind. The
     * deletion of a pool does not wait for what another pool's turn comes before: that may come later.
     */
    private List<ResourceId> users(ResourceId removed) {
        Verdict verdict = verdicts.get(removed);
        if (verdict == null || verdict.action() != Action.DELETE) {
            return List.of();
        }
        boolean pool = verdict.target().nodes().isPresent();
        return verdicts.entrySet().stream()
                .filter(other -> other.getValue().action() == Action.UPDATE
                        && other.getValue().target().after().stream()
                                .anyMatch(before -> before.kind().equals(removed.kind())))
                .map(Map.Entry::getKey)
                .filter(other -> !pool || reachable(other).stream().noneMatch(this::takesTurn))
                .toList();
    }

    private void removeAfter(ResourceId removed, ResourceId ready) {
        before(removed).add(ready);
        removedAfter.computeIfAbsent(removed, r -> new TreeSet<>()).add(ready);
    }

    private void removeAfterIfPossible(ResourceId removed, ResourceId ready) {
        if (!reachable(ready).contains(removed)) {
            removeAfter(removed, ready);
        }
    }

    /** A resource and all that comes before it. */
    private Set<ResourceId> reachable(ResourceId start) {
        Set<ResourceId> seen = new HashSet<>();
        Deque<ResourceId> open = new ArrayDeque<>(List.of(start));
        while (!open.isEmpty()) {
            ResourceId id = open.remove();
            if (seen.add(id)) {
                open.addAll(edges.getOrDefault(id, Set.of()));
            }
        }
        return seen;
    }

    /** The pool of everything that disturbs work, and of what is created to take its place. */
    private Map<ResourceId, String> turns() {
        Map<ResourceId, String> turns = new LinkedHashMap<>();
        for (ResourceId id : Graph.sort(edges)) {
            if (takesTurn(id)) {
                turns.put(id, turn(id));
            }
        }
        return turns;
    }

    private boolean takesTurn(ResourceId id) {
        Verdict verdict = verdicts.get(id);
        boolean replaces = Optional.ofNullable(wanted.get(id)).stream()
                .flatMap(resource -> resource.replaces().stream())
                .anyMatch(verdicts::containsKey);
        return verdict != null && (replaces || verdict.disruption().exceeds(Disruption.NONE) && isOfPool(id));
    }

    private boolean isOfPool(ResourceId id) {
        Verdict verdict = verdicts.get(pool(id));
        return verdict != null
                && (verdict.target().nodes().isPresent()
                        || verdict.target().pool().isPresent());
    }

    private String turn(ResourceId id) {
        List<ResourceId> successors = successors(id);
        ResourceId leading = successors.isEmpty() ? pool(id) : successors.get(0);
        Verdict verdict = verdicts.get(leading);
        return verdict == null ? leading.name() : verdict.target().pool().orElse(leading.name());
    }

    /** Shows in the plan that one pool comes after another; the run itself holds the turns. */
    private void takeTurns(Map<ResourceId, String> turns) {
        Map<String, List<ResourceId>> pools = new LinkedHashMap<>();
        turns.forEach((id, turn) ->
                pools.computeIfAbsent(turn, t -> new ArrayList<>()).add(id));
        List<ResourceId> previous = List.of();
        for (List<ResourceId> pool : pools.values()) {
            for (ResourceId id : pool) {
                for (ResourceId earlier : previous) {
                    if (!reachable(earlier).contains(id)) {
                        before(id).add(earlier);
                    }
                }
            }
            previous = pool;
        }
    }
}
