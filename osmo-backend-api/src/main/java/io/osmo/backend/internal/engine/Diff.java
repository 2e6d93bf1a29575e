// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.engine;

import io.osmo.backend.error.OwnershipConflictException;
import io.osmo.backend.error.UnsupportedChangeException;
import io.osmo.backend.plan.Action;
import io.osmo.backend.plan.Change;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.FieldChange.Effect;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.Observed.Ownership;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Compares what is wanted with what was found. Pure: calls nothing, and says the same for the same input.
 *
 * <p>A resource is compared after everything that it comes after, and sees what will be created or replaced as absent; so a
 * replacement reaches exactly those dependents whose own comparison says that it does.
 */
final class Diff {
    private final BackendRef ref;
    private final Inventory inventory;
    private final Map<ResourceId, Resource<?>> wanted;
    private final Map<ResourceId, Deletable<?>> owned;
    private final Map<ResourceId, Verdict> verdicts = new LinkedHashMap<>();
    private final List<String> conflicts = new ArrayList<>();
    private final List<String> impossible = new ArrayList<>();

    private Diff(BackendRef ref, List<Resource<?>> wanted, List<Deletable<?>> owned, Inventory inventory) {
        this.ref = ref;
        this.inventory = inventory;
        this.wanted = Graph.index(wanted);
        this.owned = Graph.index(owned);
    }

    /**
     * @throws OwnershipConflictException with everything wanted that is somebody else's
     * @throws UnsupportedChangeException with every field that cannot be changed
     */
    static Difference wanted(BackendRef ref, List<Resource<?>> wanted, List<Deletable<?>> owned, Inventory inventory) {
        return new Diff(ref, wanted, owned, inventory).compute(false);
    }

    /** Deletes everything that is owned, what is not in the inventory included: sweeps look for themselves. */
    static Difference nothing(BackendRef ref, List<Deletable<?>> owned, Inventory inventory) {
        return new Diff(ref, List.of(), owned, inventory).compute(true);
    }

    private Difference compute(boolean sweep) {
        Graph.requireKnown(wanted, inventory.observed().keySet());
        Map<ResourceId, Set<ResourceId>> edges = new LinkedHashMap<>();
        wanted.forEach((id, resource) -> edges.put(id, resource.after()));
        Graph.sort(edges).forEach(id -> judge(wanted.get(id)));
        owned.forEach((id, deletable) -> {
            if (unwanted(id) && deletable.deletedWith().filter(this::unwanted).isEmpty()) {
                judgeUnwanted(deletable, sweep);
            }
        });
        if (!conflicts.isEmpty()) {
            throw new OwnershipConflictException(ref.toString(), conflicts);
        }
        if (!impossible.isEmpty()) {
            throw new UnsupportedChangeException(ref.toString(), impossible);
        }
        return new Difference(steps());
    }

    private boolean unwanted(ResourceId id) {
        return owned.containsKey(id) && !wanted.containsKey(id);
    }

    private <O> void judge(@Nullable Resource<O> resource) {
        if (resource == null) {
            return;
        }
        Timing timing = resource.timing();
        Observed<?> found = inventory.observed().get(resource.id());
        if (found == null) {
            verdict(resource, Action.CREATE, "does not exist", List.of(), timing.create());
            return;
        }
        if (found.ownership() == Ownership.FOREIGN) {
            conflicts.add(resource.id() + " (" + resource.describe() + ")");
            return;
        }
        if (found.ownership() == Ownership.EXISTING) {
            return;
        }
        Optional<ResourceId> replaced = resource.deletedWith()
                .filter(id -> Optional.ofNullable(verdicts.get(id))
                        .filter(verdict -> verdict.action == Action.REPLACE)
                        .isPresent());
        if (replaced.isPresent()) {
            verdict(
                    resource,
                    Action.CREATE,
                    "goes with " + replaced.get() + ", which is replaced",
                    List.of(),
                    timing.create());
            return;
        }
        O value = resource.type().cast(found.value());
        Readiness readiness = resource.readiness(value);
        switch (readiness.status()) {
            case PENDING ->
                verdict(resource, Action.WAIT, "is on its way" + in(readiness.reason()), List.of(), timing.create());
            case DELETING ->
                verdict(
                        resource,
                        Action.CREATE,
                        "is being deleted; created again once it is gone",
                        List.of(),
                        timing.delete().plus(timing.create()));
            case FAILED ->
                verdict(
                        resource,
                        Action.REPLACE,
                        "has failed" + in(readiness.reason()),
                        List.of(),
                        timing.delete().plus(timing.create()));
            case READY -> compare(resource, value);
        }
    }

    private <O> void compare(Resource<O> resource, O value) {
        Timing timing = resource.timing();
        List<FieldChange> changes;
        try {
            changes = resource.compare(value, new Foresight());
        } catch (NoSuchElementException e) {
            // It refers to something that this very plan creates; the executor compares again once that is there.
            verdict(
                    resource,
                    Action.UPDATE,
                    "refers to what is created anew; compared again then",
                    List.of(),
                    timing.update());
            return;
        }
        changes.stream()
                .filter(change -> change.effect() == Effect.IMPOSSIBLE)
                .forEach(change -> impossible.add(resource.id() + " " + change));
        if (changes.stream().anyMatch(change -> change.effect() == Effect.REPLACE)) {
            verdict(
                    resource,
                    Action.REPLACE,
                    "cannot be changed in place: " + fields(changes, Effect.REPLACE),
                    changes,
                    timing.delete().plus(timing.create()));
        } else if (!changes.isEmpty()) {
            verdict(
                    resource,
                    Action.UPDATE,
                    "differs in " + fields(changes, Effect.IN_PLACE),
                    changes,
                    timing.update());
        }
    }

    private void judgeUnwanted(Deletable<?> deletable, boolean sweep) {
        Observed<?> found = inventory.observed().get(deletable.id());
        if (found != null && found.ownership() != Ownership.OURS) {
            return;
        }
        if (found != null) {
            String reason = sweep ? "belongs to the backend" : "is no longer wanted";
            verdict(
                    deletable,
                    Action.DELETE,
                    reason,
                    List.of(),
                    deletable.timing().delete());
        } else if (sweep) {
            verdict(
                    deletable,
                    Action.DELETE,
                    "may have been left behind by the cluster; looked for when its turn comes",
                    List.of(),
                    deletable.timing().delete());
        }
    }

    private static String in(String reason) {
        return reason.isEmpty() ? "" : ": " + reason;
    }

    private static String fields(List<FieldChange> changes, Effect effect) {
        return String.join(
                ", ",
                changes.stream()
                        .filter(change -> change.effect() == effect)
                        .map(FieldChange::field)
                        .distinct()
                        .toList());
    }

    private void verdict(
            Deletable<?> target, Action action, String reason, List<FieldChange> fields, Duration estimate) {
        verdicts.put(target.id(), new Verdict(target, action, reason, fields, estimate));
    }

    private List<Step> steps() {
        Map<ResourceId, Set<ResourceId>> edges = new LinkedHashMap<>();
        verdicts.forEach((id, verdict) -> {
            Set<ResourceId> befores = edges.computeIfAbsent(id, i -> new TreeSet<>());
            for (ResourceId before : verdict.target.after()) {
                Verdict other = verdicts.get(before);
                if (other == null) {
                    continue;
                }
                if (verdict.action != Action.DELETE && other.action != Action.DELETE) {
                    befores.add(before);
                } else if (verdict.action == Action.DELETE && other.removes()) {
                    edges.computeIfAbsent(before, b -> new TreeSet<>()).add(id);
                }
            }
        });
        List<Step> steps = new ArrayList<>();
        for (ResourceId id : Graph.sort(edges)) {
            Verdict verdict = verdicts.get(id);
            if (verdict != null) {
                Change change = new Change(
                        id,
                        verdict.action,
                        verdict.target.describe(),
                        verdict.reason,
                        verdict.fields,
                        edges.getOrDefault(id, Set.of()),
                        verdict.estimate);
                steps.add(new Step(change, Optional.ofNullable(wanted.get(id)), verdict.target));
            }
        }
        return List.copyOf(steps);
    }

    private record Verdict(
            Deletable<?> target, Action action, String reason, List<FieldChange> fields, Duration estimate) {
        boolean removes() {
            return action == Action.DELETE || action == Action.REPLACE;
        }
    }

    /** The inventory without what is about to be created or replaced. */
    private final class Foresight implements State {
        private final Set<ResourceId> absent = new HashSet<>();

        Foresight() {
            verdicts.forEach((id, verdict) -> {
                if (verdict.action == Action.REPLACE || verdict.action == Action.CREATE) {
                    absent.add(id);
                }
            });
        }

        @Override
        public <O> Optional<O> find(ResourceId id, Class<O> type) {
            Observed<?> found = inventory.observed().get(id);
            return found == null || found.ownership() == Ownership.FOREIGN || absent.contains(id)
                    ? Optional.empty()
                    : Optional.of(type.cast(found.value()));
        }
    }
}
