// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.engine;

import io.osmo.backend.error.Violation;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.BackendSpecBuilder;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spec.PoolAlternative;
import io.osmo.backend.spec.Replacement;
import io.osmo.backend.spi.CloudSession;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Alternatives for pools if the cloud has no capacity for them. A choice is the number of an alternative in the list of the pool,
 * starting at 1; pools that do not use an alternative have none. Pure.
 */
public final class Alternatives {
    private Alternatives() {}

    /** Rules that need no cloud, for the spec and for each of its alternatives, whose violations have the path of the alternative. */
    public static List<Violation> validate(BackendSpec spec, Function<BackendSpec, List<Violation>> rules) {
        return validate(spec, rules, Set.of());
    }

    /**
     * The same, but without reservations that the alternatives of some pools can no longer use.
     *
     * @param exists names of the pools that exist: that a reservation ends which they do not need is no reason to refuse other changes
     */
    public static List<Violation> validate(
            BackendSpec spec, Function<BackendSpec, List<Violation>> rules, Set<String> exists) {
        List<Violation> own = rules.apply(spec);
        List<Violation> all = new ArrayList<>(own);
        all.addAll(ofAlternatives(spec, rules, own).stream()
                .filter(violation -> !isSkipped(spec, violation, exists))
                .toList());
        return all;
    }

    private static boolean isSkipped(BackendSpec spec, Violation violation, Set<String> exists) {
        return violation.path().endsWith(".reservation")
                && spec.pools().stream()
                        .anyMatch(pool -> exists.contains(pool.name())
                                && violation.path().startsWith(path(spec, pool) + ".fallback["));
    }

    /** What a plan says of alternatives that {@link #validate(BackendSpec, Function, Set)} leaves out. */
    static List<String> skipped(BackendSpec spec, Function<BackendSpec, List<Violation>> rules, Set<String> exists) {
        return ofAlternatives(spec, rules, rules.apply(spec)).stream()
                .filter(violation -> isSkipped(spec, violation, exists))
                .map(violation -> violation.path() + " is skipped if the pool needs it: given " + violation.given()
                        + "; allowed: " + violation.allowed() + ". " + violation.remedy())
                .toList();
    }

    private static List<Violation> ofAlternatives(
            BackendSpec spec, Function<BackendSpec, List<Violation>> rules, List<Violation> own) {
        List<Violation> all = new ArrayList<>();
        for (NodePool pool : spec.pools()) {
            String path = path(spec, pool);
            for (int i = 0; i < pool.fallback().size(); i++) {
                String instead = path + ".fallback[" + i + "]";
                rules.apply(spec.withPool(pool.fallback().get(i).of(pool))).stream()
                        .filter(violation -> !own.contains(violation))
                        .map(violation -> moved(violation, path, instead))
                        .forEach(all::add);
            }
        }
        return all;
    }

    private static Violation moved(Violation violation, String from, String to) {
        boolean inside = violation.path().startsWith(from + ".");
        return new Violation(
                inside ? to + violation.path().substring(from.length()) : to,
                violation.requirement(),
                violation.given(),
                violation.allowed(),
                violation.remedy());
    }

    /** Path of a pool of a spec, such as {@code computePools[1]}. */
    public static String path(BackendSpec spec, NodePool pool) {
        int index = spec.computePools().indexOf(pool);
        return index < 0 ? "operatorPool" : "computePools[" + index + "]";
    }

    /** The spec with each alternative as an additional pool, so that everything that one of them needs is read. */
    public static BackendSpec toRead(BackendSpec spec) {
        BackendSpec all = spec;
        for (NodePool pool : spec.pools()) {
            for (PoolAlternative alternative : pool.fallback()) {
                all = all.withPool(alternative.named(
                        pool, pool.name() + "~" + pool.fallback().indexOf(alternative)));
            }
        }
        return all;
    }

    /** The spec with pools as chosen. */
    static BackendSpec with(BackendSpec spec, Map<String, Integer> chosen) {
        BackendSpec changed = spec;
        for (NodePool pool : spec.pools()) {
            int number = chosen.getOrDefault(pool.name(), 0);
            if (number > 0) {
                changed = changed.withPool(of(pool, number));
            }
        }
        return changed;
    }

    /** A pool as it is by a choice, without its alternatives. */
    static NodePool of(NodePool pool, int number) {
        return number == 0 ? pool : pool.fallback().get(number - 1).of(pool);
    }

    /**
     * The alternatives that existing pools use: a pool is not moved back as long as the spec lists the alternative that it runs as. This is
     * the one with the fewest differences, because some clouds change in place what others replace.
     */
    static Map<String, Integer> running(CloudSession session, BackendSpec spec, Inventory inventory) {
        Map<String, Integer> chosen = new HashMap<>();
        for (NodePool pool : spec.pools()) {
            if (pool.fallback().isEmpty()) {
                continue;
            }
            closest(session, with(spec, chosen), pool, inventory, false)
                    // A change that replaces the pool by whatever alternative is no reason to leave the one that it
                    // runs as.
                    .or(() -> closest(session, with(spec, chosen), pool, inventory, true))
                    .ifPresent(number -> chosen.put(pool.name(), number));
        }
        chosen.values().removeIf(number -> number == 0);
        return Map.copyOf(chosen);
    }

    /**
     * The alternative that differs least from what exists.
     *
     * @param replaced whether one may have to be replaced; then the same pool is asked for, not its successor
     */
    private static Optional<Integer> closest(
            CloudSession session, BackendSpec spec, NodePool pool, Inventory inventory, boolean replaced) {
        int fewest = Integer.MAX_VALUE;
        Optional<Integer> closest = Optional.empty();
        for (int number = 0; number <= pool.fallback().size(); number++) {
            BackendSpec candidate = spec.withPool(of(pool, number));
            candidate = replaced ? recreating(candidate, pool.name()) : candidate;
            int differences = differences(session, candidate, pool.name(), inventory, replaced);
            if (differences < fewest) {
                fewest = differences;
                closest = Optional.of(number);
            }
        }
        return closest;
    }

    private static BackendSpec recreating(BackendSpec spec, String pool) {
        BackendSpecBuilder builder = spec.toBuilder();
        return (spec.computePools().stream().anyMatch(each -> each.name().equals(pool))
                        ? builder.changePool(pool, changed -> changed.replacement(Replacement.RECREATE))
                        : builder.operatorPool(changed -> changed.replacement(Replacement.RECREATE)))
                .build();
    }

    /** How many fields of a pool's parts differ from a spec; a pool that has to be replaced and must not has the largest number. */
    private static int differences(
            CloudSession session, BackendSpec spec, String pool, Inventory inventory, boolean replaced) {
        if (!session.check(spec, inventory).isEmpty()) {
            return Integer.MAX_VALUE;
        }
        LiveState state = new LiveState(inventory, Instant.EPOCH);
        List<Resource<?>> parts = session.graph(spec, inventory).stream()
                .filter(resource -> resource.nodes().isPresent()
                        && resource.pool().filter(pool::equals).isPresent())
                .toList();
        int sum = 0;
        for (Resource<?> part : parts) {
            OptionalInt own = differences(part, inventory, state, replaced);
            if (own.isEmpty()) {
                return Integer.MAX_VALUE;
            }
            sum += own.getAsInt();
        }
        return parts.isEmpty() ? Integer.MAX_VALUE : sum;
    }

    /** Empty when the part does not exist, has failed, or would be replaced and must not. */
    private static <O> OptionalInt differences(
            Resource<O> part, Inventory inventory, LiveState state, boolean replaced) {
        Observed<?> found = inventory.observed().get(part.id());
        Optional<O> value = found != null && found.ownership() == Observed.Ownership.OURS
                ? state.find(part).filter(each -> isUsable(part.readiness(each)))
                : Optional.empty();
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        List<FieldChange> changes = part.compare(value.get(), state);
        return !replaced && changes.stream().anyMatch(change -> change.effect() == FieldChange.Effect.REPLACE)
                ? OptionalInt.empty()
                : OptionalInt.of(changes.size());
    }

    private static boolean isUsable(Readiness readiness) {
        return readiness.status() == Readiness.Status.READY || readiness.status() == Readiness.Status.PENDING;
    }

    /**
     * What a plan says of pools with alternatives.
     *
     * @param exists names of the pools that exist
     */
    static List<String> describe(BackendSpec spec, Map<String, Integer> chosen, Set<String> exists) {
        List<String> lines = new ArrayList<>();
        for (NodePool pool : spec.pools()) {
            int number = chosen.getOrDefault(pool.name(), 0);
            if (number > 0) {
                lines.add("Pool " + pool.name() + " is " + text(pool, number) + ", which is number " + number
                        + " of its fallback, and not " + text(pool, 0) + ". It stays so while the spec lists that.");
            } else if (!pool.fallback().isEmpty()) {
                lines.add("If the cloud has no machine for pool " + pool.name() + ", this is tried instead: "
                        + pool.fallback().stream()
                                .map(PoolAlternative::toString)
                                .collect(Collectors.joining("; then "))
                        + "."
                        + cost(pool, exists.contains(pool.name())));
            }
        }
        return lines;
    }

    /** What going on to an alternative does to nodes that the pool has. */
    private static String cost(NodePool pool, boolean exists) {
        if (pool.replacement() == Replacement.RECREATE) {
            return " Its replacement is recreate, so that may end the work of nodes that it has got by then: an apply that does not"
                    + " allow OUTAGE passes such an alternative over.";
        }
        return exists
                ? " Nodes that the pool has are then replaced: an apply that does not allow ROLLING passes such an alternative over."
                : "";
    }

    /** A choice for people. */
    static String text(NodePool pool, int number) {
        return number == 0
                ? String.join(" or ", pool.instanceTypes())
                : pool.fallback().get(number - 1).toString();
    }
}
