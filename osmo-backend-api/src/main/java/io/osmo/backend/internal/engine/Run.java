// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.engine;

import io.osmo.backend.error.ResourceOutcome;
import io.osmo.backend.event.Event;
import io.osmo.backend.plan.Action;
import io.osmo.backend.plan.Change;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spec.FailurePolicy;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.Scheduler;
import io.osmo.backend.spi.Scheduler.Cancellable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the steps of one difference, as parallel as their order allows. Driven by events: completed calls and timers
 * enter the monitor of this object one at a time, so that everything inside is single-threaded.
 */
final class Run {
    private final Scheduler scheduler;
    private final BackendRef ref;
    private final LiveState state;
    private final Emitter emitter;
    private final Function<String, FailurePolicy> policies;
    private final List<Step> steps;
    private final Map<ResourceId, Ensure<?>> ensures = new LinkedHashMap<>();
    private final Map<ResourceId, Remove<?>> removes = new LinkedHashMap<>();
    private final Map<ResourceId, Remove<?>> rollbacks = new LinkedHashMap<>();
    private final Map<ResourceId, String> pools = new HashMap<>();
    private final Turns turns;
    private final Set<ResourceId> begun = new HashSet<>();
    private final Set<ResourceId> ended = new HashSet<>();
    private final CompletableFuture<Summary> done = new CompletableFuture<>();
    private boolean stopped;
    private boolean rolledBack;
    private @Nullable Runnable completion;

    /**
     * How a run ended.
     *
     * @param outcomes one of each step
     * @param failures what the failed steps threw
     * @param degraded whether all that is missing belongs to pools that may be missing
     */
    record Summary(
            List<ResourceOutcome> outcomes, List<Throwable> failures, boolean degraded, Set<String> failedPools) {}

    /**
     * @param policies failure policy by name of the pool
     * @param poolsAtOnce how many pools may be disturbed at the same time
     */
    Run(
            Scheduler scheduler,
            BackendRef ref,
            LiveState state,
            Emitter emitter,
            Function<String, FailurePolicy> policies,
            int poolsAtOnce,
            List<Step> steps) {
        this.scheduler = scheduler;
        this.ref = ref;
        this.state = state;
        this.emitter = emitter;
        this.policies = policies;
        this.turns = new Turns(poolsAtOnce);
        this.steps = steps;
        steps.forEach(this::addTasks);
        removes.values().forEach(task -> blockOthers(task, removes));
        removes.forEach((id, remove) -> {
            Ensure<?> ensure = ensures.get(id);
            if (ensure != null) {
                block(ensure, remove);
            }
        });
        for (Step step : steps) {
            ResourceId id = step.change().resource();
            step.turn().ifPresent(pool -> pools.put(id, pool));
            if (ensures.containsKey(id)) {
                block(ensures.get(id), step.ensuredAfter(), ensures);
            }
            if (removes.containsKey(id)) {
                block(removes.get(id), step.removedAfter(), ensures);
            }
        }
    }

    private void addTasks(Step step) {
        Action action = step.change().action();
        if (action == Action.DELETE || action == Action.REPLACE) {
            removes.put(step.change().resource(), new Remove<>(this, step.change(), step.target()));
        }
        if (action != Action.DELETE) {
            step.wanted().ifPresent(wanted -> ensures.put(step.change().resource(), ensure(step.change(), wanted)));
        }
    }

    private <O> Ensure<O> ensure(Change change, Resource<O> wanted) {
        return new Ensure<>(this, change, wanted);
    }

    private static void block(Task<?> task, Set<ResourceId> befores, Map<ResourceId, ? extends Task<?>> among) {
        for (ResourceId before : befores) {
            Task<?> other = among.get(before);
            if (other != null) {
                block(task, other);
            }
        }
    }

    /** A removal comes before the removals of everything that the removed was made after. */
    private static void blockOthers(Task<?> task, Map<ResourceId, ? extends Task<?>> among) {
        for (ResourceId before : task.target.after()) {
            Task<?> other = among.get(before);
            if (other != null) {
                block(other, task);
            }
        }
    }

    private static void block(Task<?> task, Task<?> by) {
        task.blockers.add(by);
        by.dependents.add(task);
    }

    CompletableFuture<Summary> start() {
        enter(() -> tasks().forEach(this::beginIfFree));
        return done;
    }

    /** Starts nothing new, waits for calls that are under way, and ends. */
    void stop() {
        enter(() -> {
            stopped = true;
            for (Task<?> task : tasks()) {
                if (task.status.isTerminal() || task.calling) {
                    continue;
                }
                if (task.timer != null) {
                    task.timer.cancel();
                }
                end(task, Task.Status.CANCELLED);
            }
        });
    }

    private List<Task<?>> tasks() {
        List<Task<?>> all = new ArrayList<>(removes.values());
        all.addAll(ensures.values());
        all.addAll(rollbacks.values());
        return all;
    }

    private void beginIfFree(Task<?> task) {
        if (stopped || task.status != Task.Status.BLOCKED || !task.blockers.isEmpty()) {
            return;
        }
        String pool = pools.get(task.id());
        if (pool != null && !turns.take(task, pool)) {
            return;
        }
        task.pool = pool;
        task.status = Task.Status.RUNNING;
        if (begun.add(task.id())) {
            emit(new Event.ResourceStarted(now(), ref, task.id(), task.target.describe(), action(task)));
        }
        guard(task, task::begin);
    }

    private Action action(Task<?> task) {
        return rollbacks.containsValue(task) ? Action.DELETE : task.change.action();
    }

    private void guard(Task<?> task, Runnable body) {
        try {
            body.run();
        } catch (RuntimeException e) {
            // A defect in one resource's pure functions costs that resource, not the apply.
            task.fail(e);
        }
    }

    /** Ends a task, and begins or skips what comes after it. */
    void end(Task<?> task, Task.Status status) {
        if (task.status.isTerminal()) {
            return;
        }
        task.status = status;
        announce(task);
        for (Task<?> dependent : task.dependents) {
            dependent.blockers.remove(task);
            if (status == Task.Status.DONE) {
                beginIfFree(dependent);
            } else if (status != Task.Status.CANCELLED) {
                skip(dependent, task.id());
            }
        }
        if (task.pool != null) {
            turns.giveBack(task.pool).forEach(this::beginIfFree);
        }
    }

    private void skip(Task<?> task, ResourceId because) {
        if (task.status != Task.Status.BLOCKED) {
            return;
        }
        task.status = Task.Status.SKIPPED;
        if (ended.add(task.id())) {
            emit(new Event.ResourceSkipped(now(), ref, task.id(), because));
        }
        task.dependents.forEach(dependent -> skip(dependent, because));
    }

    private void announce(Task<?> task) {
        boolean halfReplaced =
                task.status == Task.Status.DONE && removes.get(task.id()) == task && ensures.containsKey(task.id());
        if (halfReplaced || !ended.add(task.id())) {
            return;
        }
        switch (task.status) {
            case DONE -> emit(new Event.ResourceDone(now(), ref, task.id(), action(task), task.elapsed()));
            case FAILED -> {
                Throwable failure = Objects.requireNonNull(task.failure);
                emit(new Event.ResourceFailed(now(), ref, task.id(), Outcomes.text(failure), Outcomes.remedy(failure)));
            }
            case CANCELLED -> emit(new Event.ResourceCancelled(now(), ref, task.id()));
            default -> throw new IllegalStateException("not an end: " + task.status);
        }
    }

    /** Runs a call off the monitor and comes back with what it gave. */
    <T> void call(Task<?> task, Callable<T> work, Consumer<T> then, Consumer<Throwable> failed) {
        if (task.status != Task.Status.RUNNING) {
            return; // A listener has cancelled the apply from within the event that led here.
        }
        task.calling = true;
        scheduler
                .call(work)
                .whenComplete((value, error) -> enter(() -> {
                    task.calling = false;
                    if (error == null) {
                        guard(task, () -> then.accept(value));
                    } else {
                        Throwable cause = error instanceof CompletionException && error.getCause() != null
                                ? error.getCause()
                                : error;
                        if (cause instanceof Error fatal) {
                            throw fatal;
                        }
                        guard(task, () -> failed.accept(cause));
                    }
                }));
    }

    Cancellable after(Task<?> task, Duration delay, Runnable next) {
        return scheduler.after(
                delay,
                () -> enter(() -> {
                    if (task.status == Task.Status.RUNNING) {
                        task.timer = null;
                        guard(task, next);
                    }
                }));
    }

    private void enter(Runnable body) {
        Runnable complete;
        synchronized (this) {
            if (done.isDone() || completion != null) {
                return;
            }
            try {
                body.run();
                settle();
            } catch (Error e) {
                stopped = true;
                completion = () -> done.completeExceptionally(e);
            }
            complete = completion;
        }
        if (complete != null) {
            complete.run();
        }
    }

    private void settle() {
        if (!tasks().stream().allMatch(task -> task.status.isTerminal())) {
            return;
        }
        if (!rolledBack && !stopped) {
            rolledBack = true;
            rollBack();
            if (!tasks().stream().allMatch(task -> task.status.isTerminal())) {
                return;
            }
        }
        Summary summary = summary();
        completion = () -> done.complete(summary);
    }

    /** Deletes what this run has created of failed pools, if their failure policy requires it. */
    private void rollBack() {
        Set<String> lost = new HashSet<>();
        ensures.values().stream()
                .filter(task -> task.status == Task.Status.FAILED || task.status == Task.Status.SKIPPED)
                .forEach(task -> pool(task.id())
                        .filter(pool -> policies.apply(pool) == FailurePolicy.DELETE)
                        .ifPresent(lost::add));
        for (Ensure<?> task : ensures.values()) {
            if (task.mayHaveCreated() && pool(task.id()).filter(lost::contains).isPresent()) {
                rollbacks.put(task.id(), remove(task.change, task.target));
                begun.remove(task.id());
                ended.remove(task.id());
            }
        }
        rollbacks.values().forEach(task -> blockOthers(task, rollbacks));
        List.copyOf(rollbacks.values()).forEach(this::beginIfFree);
    }

    private <O> Remove<O> remove(Change change, Deletable<O> target) {
        return new Remove<>(this, change, target);
    }

    private Optional<String> pool(ResourceId id) {
        return Optional.ofNullable(ensures.get(id)).flatMap(task -> ((Resource<?>) task.target).pool());
    }

    private Summary summary() {
        List<ResourceOutcome> outcomes = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        Set<String> failedPools = new HashSet<>();
        boolean degraded = true;
        for (Step step : steps) {
            ResourceId id = step.change().resource();
            List<Task<?>> own =
                    tasks().stream().filter(task -> task.id().equals(id)).toList();
            ResourceOutcome outcome = Outcomes.of(id, own, Optional.ofNullable(rollbacks.get(id)));
            outcomes.add(outcome);
            if (outcome.status() != ResourceOutcome.Status.DONE) {
                degraded &= pool(id).filter(pool -> policies.apply(pool) == FailurePolicy.DEGRADE)
                        .isPresent();
                Outcomes.failure(own).ifPresent(failures::add);
            }
            if (outcome.status() == ResourceOutcome.Status.FAILED) {
                pool(id).ifPresent(failedPools::add);
            }
        }
        return new Summary(List.copyOf(outcomes), List.copyOf(failures), degraded, Set.copyOf(failedPools));
    }

    void emit(Event event) {
        emitter.emit(event);
    }

    boolean stopped() {
        return stopped;
    }

    BackendRef ref() {
        return ref;
    }

    LiveState state() {
        return state;
    }

    Instant now() {
        return scheduler.now();
    }

    double random() {
        return scheduler.random();
    }
}
