// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.engine;

import io.osmo.backend.error.OwnershipConflictException;
import io.osmo.backend.error.UnsupportedChangeException;
import io.osmo.backend.plan.Action;
import io.osmo.backend.resource.Disruption;
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
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
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
    private final Drains drains;
    private final Map<ResourceId, Resource<?>> wanted;
    private final Map<ResourceId, Deletable<?>> owned;
    private final Map<ResourceId, Verdict> verdicts = new LinkedHashMap<>();
    private final Map<ResourceId, ResourceId> drained = new LinkedHashMap<>();
    private final Map<ResourceId, Set<ResourceId>> takes = new LinkedHashMap<>();
    private final List<String> conflicts = new ArrayList<>();
    private final List<String> impossible = new ArrayList<>();
    private final Set<String> fixed = new HashSet<>();

    private Diff(
            BackendRef ref, List<Resource<?>> wanted, List<Deletable<?>> owned, Inventory inventory, Drains drains) {
        this.ref = ref;
        this.inventory = inventory;
        this.drains = drains;
        this.wanted = Graph.index(wanted);
        this.owned = Graph.index(owned);
    }

    /**
     * @param drains creates the drain of a pool that is deleted or replaced
     * @throws OwnershipConflictException with all desired resources that exist but belong to others
     * @throws UnsupportedChangeException with every field that cannot be changed
     */
    static Difference wanted(
            BackendRef ref, List<Resource<?>> wanted, List<Deletable<?>> owned, Inventory inventory, Drains drains) {
        return new Diff(ref, wanted, owned, inventory, drains).compute(false);
    }

    /** Deletes everything that is owned, including what is not in the inventory: sweeps look for their objects themselves. */
    static Difference nothing(BackendRef ref, List<Deletable<?>> owned, Inventory inventory) {
        return new Diff(ref, List.of(), owned, inventory, (pool, endsWork) -> Optional.empty()).compute(true);
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
        owned.values().forEach(this::goesWith);
        return new Difference(new StepOrder(wanted, verdicts, drained, takes, sweep).steps());
    }

    /** What is deleted by the deletion of something else is shown there. */
    private void goesWith(Deletable<?> deletable) {
        Observed<?> found = inventory.observed().get(deletable.id());
        if (found == null || found.ownership() != Ownership.OURS) {
            return;
        }
        Set<ResourceId> seen = new HashSet<>();
        Optional<ResourceId> with = deletable.deletedWith();
        while (with.isPresent() && seen.add(with.get())) {
            takes.computeIfAbsent(with.get(), id -> new TreeSet<>()).add(deletable.id());
            with = Optional.<Deletable<?>>ofNullable(owned.get(with.get())).flatMap(Deletable::deletedWith);
        }
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
            create(resource);
            return;
        }
        if (found.ownership() == Ownership.FOREIGN) {
            Optional<String> owner = Optional.of(found.value())
                    .filter(resource.type()::isInstance)
                    .flatMap(value -> resource.owner(resource.type().cast(value)));
            conflicts.add(resource.id() + " (" + resource.describe() + ")"
                    + owner.map(text -> ": " + text).orElse(""));
            return;
        }
        if (found.ownership() == Ownership.EXISTING) {
            return;
        }
        Optional<Verdict> anew = resource.deletedWith()
                .flatMap(id -> Optional.ofNullable(verdicts.get(id)))
                .filter(verdict -> verdict.action() == Action.REPLACE || verdict.action() == Action.CREATE);
        if (anew.isPresent()) {
            verdict(
                    resource,
                    Action.CREATE,
                    "goes with " + anew.get().target().id() + ", which is "
                            + (anew.get().action() == Action.REPLACE ? "replaced" : "recreated"),
                    resource.creation(),
                    timing.create());
            return;
        }
        O value = resource.type().cast(found.value());
        Readiness readiness = resource.readiness(value);
        switch (readiness.status()) {
            case PENDING -> pending(resource, value, readiness.reason());
            case DELETING ->
                verdict(
                        resource,
                        Action.CREATE,
                        "is being deleted; created again once it is gone" + in(readiness.reason()),
                        List.of(),
                        timing.delete().plus(timing.create()));
            case FAILED -> replace(resource, value, "has failed" + in(readiness.reason()), List.of());
            case READY -> compare(resource, value);
        }
    }

    private <O> void create(Resource<O> resource) {
        State state = new Foresight();
        Map<ResourceId, Object> replaced = new TreeMap<>();
        resource.replaces().forEach(id -> removed(id).ifPresent(found -> replaced.put(id, found)));
        Cause cause = Cause.of(resource, List.copyOf(replaced.values()), state);
        String reason = replaced.isEmpty()
                ? "does not exist"
                : "replaces "
                        + replaced.keySet().stream().map(ResourceId::toString).collect(Collectors.joining(", "))
                        + cause.clause();
        List<FieldChange> fields = new ArrayList<>(resource.creation());
        fields.addAll(cause.fields());
        verdict(
                resource,
                Action.CREATE,
                resource.unread(state)
                        .map(why -> why + "; created if it does not exist")
                        .orElse(reason),
                fields,
                resource.timing().create());
    }

    /** What was observed of a resource that the plan deletes because it is not wanted. */
    private Optional<Object> removed(ResourceId id) {
        Observed<?> found = inventory.observed().get(id);
        return found != null && unwanted(id) && found.ownership() == Ownership.OURS
                ? Optional.of(found.value())
                : Optional.empty();
    }

    /** A pool with different immutable fields is not waited for, because a second plan would have to replace it. */
    private <O> void pending(Resource<O> resource, O value, String reason) {
        List<FieldChange> changes = changes(resource, value).orElse(List.of());
        if (resource.nodes().isPresent() && changes.stream().anyMatch(change -> change.effect() == Effect.REPLACE)) {
            replace(resource, value, "cannot be changed in place: " + fields(changes, Effect.REPLACE), changes);
            return;
        }
        put(new Verdict(
                resource,
                Action.WAIT,
                "is not ready yet" + in(reason),
                List.of(),
                resource.timing().create(),
                disruption(changes)));
    }

    private <O> Optional<List<FieldChange>> changes(Resource<O> resource, O value) {
        return changes(resource, value, new Foresight());
    }

    /** Empty when it refers to something that this very plan creates. */
    static <O> Optional<List<FieldChange>> changes(Resource<O> resource, O value, State state) {
        try {
            return Optional.of(resource.compare(value, state));
        } catch (NoSuchElementException notYet) {
            return Optional.empty();
        }
    }

    private <O> void compare(Resource<O> resource, O value) {
        Optional<List<FieldChange>> compared = changes(resource, value);
        if (compared.isEmpty()) {
            // The executor compares again once what it refers to exists, and does no more than is said here.
            put(new Verdict(
                    resource,
                    Action.UPDATE,
                    "refers to what is recreated; compared again then",
                    List.of(),
                    resource.timing().update(),
                    resource.nodes().isPresent() ? Disruption.ROLLING : Disruption.NONE));
            return;
        }
        List<FieldChange> changes = compared.get();
        changes.stream().filter(FieldChange::refused).forEach(change -> refuse(resource.id(), change));
        if (changes.stream().anyMatch(change -> change.effect() == Effect.REPLACE)) {
            replace(resource, value, "cannot be changed in place: " + fields(changes, Effect.REPLACE), changes);
        } else if (!changes.isEmpty()) {
            put(new Verdict(
                    resource,
                    Action.UPDATE,
                    "differs in " + fields(changes, Effect.IN_PLACE),
                    changes,
                    resource.updateTime(value, changes),
                    disruption(changes)));
        }
    }

    /** A field of the spec is named once, with the first of the resources that depend on it. */
    private void refuse(ResourceId id, FieldChange change) {
        if (change.effect() == Effect.IMPOSSIBLE) {
            impossible.add(id + " " + change);
        } else if (fixed.add(change.field())) {
            impossible.add(change + " (" + id + ")");
        }
    }

    private <O> void replace(Resource<O> resource, O value, String reason, List<FieldChange> changes) {
        Optional<String> irreplaceable = resource.irreplaceable(value);
        if (irreplaceable.isPresent()) {
            impossible.add(resource.id() + " " + reason + ". " + irreplaceable.get());
            return;
        }
        Disruption disruption = resource.deletionDisruption(value).or(disruption(changes));
        put(new Verdict(
                resource,
                Action.REPLACE,
                reason,
                changes,
                resource.timing().delete().plus(resource.timing().create()),
                disruption));
        drain(resource, value, disruption, true);
    }

    /**
     * Work is moved off the nodes of a pool before it is deleted. One without nodes may have got some by then, unless it has failed or is
     * being deleted.
     */
    private <O> void drain(Deletable<O> pool, O value, Disruption disruption, boolean endsWork) {
        boolean empty = disruption == Disruption.NONE;
        Readiness.Status status = pool.readiness(value).status();
        boolean over = status == Readiness.Status.FAILED || status == Readiness.Status.DELETING;
        if (pool.nodes().isEmpty() || empty && over) {
            return;
        }
        drains.of(pool, endsWork).ifPresent(drain -> {
            drained.put(drain.id(), pool.id());
            String then = " before " + pool.id() + " is deleted";
            put(new Verdict(
                    drain,
                    Action.DELETE,
                    empty
                            ? "there are no nodes, which is looked at again" + then
                            : (endsWork ? "ends or moves" : "moves") + " to other nodes" + then,
                    List.of(),
                    empty ? Duration.ZERO : drain.timing().delete(),
                    disruption));
        });
    }

    private static Disruption disruption(List<FieldChange> changes) {
        return changes.stream().map(FieldChange::disruption).reduce(Disruption.NONE, Disruption::or);
    }

    private <O> void judgeUnwanted(Deletable<O> deletable, boolean sweep) {
        Observed<?> found = inventory.observed().get(deletable.id());
        if (found != null && found.ownership() != Ownership.OURS || found == null && !sweep) {
            return;
        }
        Duration estimate = deletable.timing().delete();
        if (found == null) {
            String reason = "may have been left behind by the cluster; looked for when its turn comes";
            put(new Verdict(deletable, Action.DELETE, reason, List.of(), estimate, deletable.deletionDisruption()));
            return;
        }
        Disruption disruption = deletable.deletionDisruption(deletable.type().cast(found.value()));
        Optional<Resource<?>> successor = sweep ? Optional.empty() : successor(deletable.id());
        String reason = sweep ? "belongs to the backend" : "is no longer wanted";
        List<FieldChange> causes = List.of();
        if (successor.isPresent()) {
            Cause cause = Cause.of(successor.get(), List.of(found.value()), new Foresight());
            reason = "is replaced by " + successor.get().id() + cause.clause() + barred(successor.get(), found.value());
            causes = cause.fields();
            disruption = disruption.exceeds(Disruption.ROLLING) ? Disruption.ROLLING : disruption;
        }
        put(new Verdict(deletable, Action.DELETE, reason, causes, estimate, disruption));
        if (!sweep) {
            drain(deletable, deletable.type().cast(found.value()), disruption, successor.isEmpty());
        }
    }

    private Optional<Resource<?>> successor(ResourceId replaced) {
        return wanted.values().stream()
                .filter(resource -> resource.replaces().contains(replaced))
                .findFirst();
    }

    private static <O> String barred(Resource<O> successor, Object replaced) {
        List<String> taints = successor.type().isInstance(replaced)
                ? successor.newTaints(successor.type().cast(replaced))
                : List.of();
        return taints.isEmpty()
                ? ""
                : "; pods that do not tolerate " + String.join(", ", taints) + " cannot move there";
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
        put(new Verdict(target, action, reason, fields, estimate, Disruption.NONE));
    }

    private void put(Verdict verdict) {
        verdicts.put(verdict.target().id(), verdict);
    }

    /** The inventory without what is about to be created or replaced. */
    private final class Foresight implements State {
        private final Set<ResourceId> absent = new HashSet<>();

        Foresight() {
            verdicts.forEach((id, verdict) -> {
                if (verdict.action() == Action.REPLACE || verdict.action() == Action.CREATE) {
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
