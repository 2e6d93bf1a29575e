// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.engine;

import io.osmo.backend.ApplyOptions;
import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.diagnosis.Diagnosis;
import io.osmo.backend.error.DeadlineExceededException;
import io.osmo.backend.error.GuardedException;
import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.OperationCancelledException;
import io.osmo.backend.error.OsmoBackendException;
import io.osmo.backend.error.PartialApplyException;
import io.osmo.backend.error.ResourceOutcome;
import io.osmo.backend.event.Event;
import io.osmo.backend.event.Event.ApplyFinished.Result;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.resource.Guard;
import io.osmo.backend.resource.Leftover;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.FailurePolicy;
import io.osmo.backend.spi.BackendLock;
import io.osmo.backend.spi.BackendLock.Lease;
import io.osmo.backend.spi.CloudSession;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * One apply from lock to result: takes the locks, observes, holds the plan against what would be done now, runs, and reads
 * what a destroyed backend has left.
 */
public final class Apply {
    /** How long an apply that has failed looks for causes. */
    private static final Duration DIAGNOSIS = Duration.ofMinutes(1);

    private final Scheduler scheduler;
    private final CloudSession session;
    private final Optional<BackendLock> lock;
    private final Plan plan;
    private final Optional<BackendSpec> spec;
    private final ApplyOptions options;
    private final Emitter emitter;
    private final Fallbacks fallbacks = new Fallbacks();
    private final CompletableFuture<Applied> result = new CompletableFuture<>();
    private final Deque<Lease> leases = new ArrayDeque<>();
    private @Nullable Stop stop;
    private @Nullable Run run;
    private @Nullable CompletableFuture<Applied> lastRead;
    private List<ResourceOutcome> outcomes = List.of();
    private boolean over;

    private enum Stop {
        CANCELLED,
        DEADLINE
    }

    /**
     * What exists after an apply. Hosts keep it, so it holds nothing of what was read.
     *
     * @param access how to reach the cluster, if there is one
     * @param missing outcomes of what a degraded pool lacks
     * @param spec what is wanted, with the alternatives that were chosen
     * @param fallbacks pools that the cloud had no machine for
     */
    public record Applied(
            Optional<ClusterAccess> access,
            List<ResourceOutcome> missing,
            List<Leftover> leftovers,
            Optional<BackendSpec> spec,
            List<Event.PoolFellBack> fallbacks) {}

    /**
     * @param lock the host's own lock, taken after the one within the JVM
     * @param spec the plan's spec with its secrets resolved
     */
    public Apply(
            Scheduler scheduler,
            CloudSession session,
            Optional<BackendLock> lock,
            Plan plan,
            Optional<BackendSpec> spec,
            ApplyOptions options) {
        this.scheduler = scheduler;
        this.session = session;
        this.lock = lock;
        this.plan = plan;
        this.spec = spec;
        this.options = options;
        this.emitter = new Emitter(options.listeners());
    }

    /** Completes with what exists, or with an {@code OsmoBackendException}. */
    public CompletableFuture<Applied> start() {
        Scheduler.Cancellable timeout = scheduler.after(options.deadline(), () -> stop(Stop.DEADLINE));
        CompletableFuture<Applied> work = LocalLock.JVM
                .acquire(plan.ref())
                .thenCompose(this::lockAcrossJvms)
                .thenCompose(ignored -> observe())
                .thenCompose(this::carryOut);
        work.whenComplete((applied, error) -> {
            timeout.cancel();
            release();
            if (error == null) {
                result.complete(applied);
            } else {
                result.completeExceptionally(unwrap(error));
            }
        });
        return result;
    }

    public void cancel() {
        stop(Stop.CANCELLED);
    }

    /** Lets go of the locks of an apply that will never go on, because its scheduler is dead. */
    public void abandon() {
        release();
    }

    private void stop(Stop why) {
        Run running;
        CompletableFuture<Applied> reading;
        synchronized (this) {
            if (stop != null || over) {
                return;
            }
            stop = why;
            running = run;
            reading = lastRead;
        }
        if (reading != null) {
            // Everything is done; only what is left was still being read, and that may hang.
            reading.completeExceptionally(stopped(outcomes));
        } else if (running != null) {
            running.stop();
        } else {
            // Nothing was changed yet: whoever waits need not wait for the lock; the stages below end by themselves.
            result.completeExceptionally(stopped(List.of()));
        }
    }

    private synchronized boolean isStopped() {
        return stop != null;
    }

    private CompletableFuture<Boolean> lockAcrossJvms(Lease local) {
        hold(local);
        requireGoing();
        if (lock.isEmpty()) {
            return CompletableFuture.completedFuture(true);
        }
        BackendLock host = lock.get();
        return scheduler.call(() -> {
            hold(host.acquire(plan.ref(), options.deadline()));
            return true;
        });
    }

    private void hold(Lease lease) {
        boolean late;
        synchronized (this) {
            late = over;
            if (!late) {
                leases.push(lease);
            }
        }
        if (late) {
            lease.close();
        }
    }

    private void release() {
        List<Lease> held;
        synchronized (this) {
            over = true;
            held = List.copyOf(leases);
            leases.clear();
            // Hosts keep handles; what the steps have read and done may be large.
            run = null;
            lastRead = null;
            outcomes = List.of();
        }
        held.forEach(Lease::close);
    }

    private void requireGoing() {
        if (isStopped()) {
            throw stopped(List.of());
        }
    }

    private CompletableFuture<Inventory> observe() {
        requireGoing();
        return session.observe(plan.ref(), wanted().map(Alternatives::toRead));
    }

    /** Without a spec, everything is deleted; the spec of a destruction is only used to reach the backend. */
    private Optional<BackendSpec> wanted() {
        return spec.filter(s -> plan.kind() == Plan.Kind.APPLY);
    }

    private CompletableFuture<Applied> carryOut(Inventory inventory) {
        BackendRef ref = plan.ref();
        StaleCheck.requireSame(plan, inventory);
        fallbacks.choose(Planner.chosen(session, wanted(), inventory));
        Difference difference = Planner.difference(session, ref, settled(), inventory);
        StaleCheck.require(plan, difference.changes());
        Run started = begin(inventory, difference);
        Instant begin = scheduler.now();
        Plan now = Plan.of(plan.kind(), ref, plan.account(), spec, difference.changes(), List.of(), plan.warnings());
        emitter.emit(new Event.ApplyStarted(
                begin,
                ref,
                plan.fingerprint(),
                now.changes().stream()
                        .map(c -> new Event.Planned(
                                c.resource(), c.description(), c.action(), c.after(), c.estimate(), c.disruption()))
                        .toList(),
                now.estimatedDuration()));
        return started.start()
                .thenCompose(summary -> finish(summary, started.state()))
                .whenComplete((applied, error) -> emitter.emit(new Event.ApplyFinished(
                        scheduler.now(), ref, result(applied, error), Duration.between(begin, scheduler.now()))));
    }

    /** What is wanted, with the alternatives of pools that were chosen. */
    private Optional<BackendSpec> settled() {
        return wanted().map(fallbacks::settle);
    }

    private Run begin(Inventory inventory, Difference difference) {
        AllowedCheck.require(plan, difference.changes(), options.allowedDisruption());
        List<Guard> guards = difference.guards(session, plan.ref(), inventory);
        if (!guards.isEmpty()) {
            throw new GuardedException(plan.ref().toString(), guards);
        }
        Run started = new Run(
                scheduler,
                plan.ref(),
                new LiveState(inventory, scheduler.now()),
                emitter,
                this::policy,
                options.poolsAtOnce(),
                difference.steps());
        synchronized (this) {
            requireGoing();
            run = started;
        }
        return started;
    }

    private CompletableFuture<Applied> finish(Run.Summary summary, LiveState state) {
        boolean cancelled = summary.outcomes().stream().anyMatch(o -> o.status() == ResourceOutcome.Status.CANCELLED);
        if (cancelled) {
            throw stopped(summary.outcomes());
        }
        List<ResourceOutcome> missing = summary.outcomes().stream()
                .filter(o -> o.status() != ResourceOutcome.Status.DONE)
                .toList();
        boolean mayFallBack = wanted().filter(s -> fallbacks.hasNext(s, summary.failedPools()))
                .isPresent();
        if (!missing.isEmpty() && (mayFallBack || !summary.degraded())) {
            return diagnosis(summary).thenCompose(found -> resume(summary, state, missing, found));
        }
        return done(summary, state, missing);
    }

    /** Goes on with the next alternatives of pools that the cloud has no machine for; without any, ends as the failures demand. */
    private CompletableFuture<Applied> resume(
            Run.Summary summary, LiveState state, List<ResourceOutcome> missing, Optional<Diagnosis> found) {
        Map<String, Integer> standing = fallbacks.standing();
        List<Event.PoolFellBack> next = wanted().flatMap(
                        s -> found.map(diagnosis -> fallbacks.advance(s, plan.ref(), diagnosis, scheduler.now())))
                .orElse(List.of());
        if (next.isEmpty() && summary.degraded()) {
            return done(summary, state, missing);
        }
        if (next.isEmpty()) {
            throw partial(summary, found);
        }
        next.forEach(emitter::emit);
        return observe().thenCompose(inventory -> {
            Difference difference = differenceNow(inventory, standing);
            if (fallbacks.standing().equals(standing)
                    && fallbacks.untried().keySet().stream().allMatch(pool -> policy(pool) == FailurePolicy.KEEP)) {
                // No alternative may be tried; to try again what has just failed is for the next apply.
                throw partial(summary, found);
            }
            StaleCheck.require(plan, fallbacks.others(difference));
            Run started = begin(inventory, difference);
            return started.start().thenCompose(after -> finish(after, started.state()));
        });
    }

    private PartialApplyException partial(Run.Summary summary, Optional<Diagnosis> found) {
        return new PartialApplyException(
                plan.ref().toString(), summary.outcomes(), summary.failures(), found, fallbacks.untried());
    }

    /** What is left to do, with the first alternatives that the cloud's answers and the caller still allow. */
    private Difference differenceNow(Inventory inventory, Map<String, Integer> standing) {
        BackendSpec all = wanted().orElseThrow();
        while (true) {
            List<Event.PoolFellBack> further;
            try {
                Difference difference = Planner.difference(session, plan.ref(), settled(), inventory);
                Map<String, String> exceeding = exceeding(difference, standing);
                if (exceeding.isEmpty()) {
                    return difference;
                }
                further = fallbacks.passOver(all, plan.ref(), exceeding, standing, scheduler.now());
            } catch (InvalidSpecException e) {
                further = fallbacks
                        .passOver(all, plan.ref(), e.violations(), standing, scheduler.now())
                        .orElseThrow(() -> e);
            }
            further.forEach(emitter::emit);
        }
    }

    /** Why pools that fell back now would do more to running work than the caller allows, by pool. */
    private Map<String, String> exceeding(Difference difference, Map<String, Integer> standing) {
        Map<String, Integer> now = fallbacks.standing();
        Map<String, String> reasons = new TreeMap<>();
        difference
                .steps()
                .forEach(step -> step.target()
                        .pool()
                        .filter(pool -> !now.getOrDefault(pool, 0).equals(standing.getOrDefault(pool, 0)))
                        .filter(pool -> step.change().disruption().exceeds(options.allowedDisruption()))
                        .ifPresent(pool -> reasons.putIfAbsent(
                                pool,
                                "not tried, because " + step.change().description() + " "
                                        + step.change().reason() + ", which is "
                                        + step.change().disruption()
                                        + " for running work; the apply allows " + options.allowedDisruption())));
        return reasons;
    }

    private CompletableFuture<Applied> done(Run.Summary summary, LiveState state, List<ResourceOutcome> missing) {
        if (plan.kind() == Plan.Kind.DESTROY) {
            CompletableFuture<Applied> reading = session.leftovers(plan.ref())
                    .thenApply(leftovers -> new Applied(access(state), missing, leftovers, spec, List.of()));
            synchronized (this) {
                if (isStopped()) {
                    throw stopped(summary.outcomes());
                }
                outcomes = summary.outcomes();
                lastRead = reading;
            }
            return reading;
        }
        return CompletableFuture.completedFuture(
                new Applied(access(state), missing, List.of(), settled(), fallbacks.all()));
    }

    private Optional<ClusterAccess> access(LiveState state) {
        return session.access(state.snapshot());
    }

    /** Why nodes of failed pools did not join. What the cloud does not return within a short time is left out. */
    private CompletableFuture<Optional<Diagnosis>> diagnosis(Run.Summary summary) {
        if (summary.failedPools().isEmpty() || plan.kind() != Plan.Kind.APPLY) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        CompletableFuture<Optional<Diagnosis>> found = new CompletableFuture<>();
        Scheduler.Cancellable limit = scheduler.after(DIAGNOSIS, () -> found.complete(Optional.empty()));
        session.diagnose(plan.ref()).whenComplete((diagnosis, failure) -> {
            limit.cancel();
            Throwable cause = failure == null ? null : unwrap(failure);
            if (cause == null || cause instanceof OsmoBackendException) {
                found.complete(Optional.ofNullable(diagnosis).map(all -> all.of(summary.failedPools())));
            } else {
                found.completeExceptionally(cause);
            }
        });
        return found;
    }

    private synchronized RuntimeException stopped(List<ResourceOutcome> outcomes) {
        return stop == Stop.DEADLINE
                ? new DeadlineExceededException(
                        plan.ref() + ": the apply was not done", options.deadline(), "", outcomes, null)
                : new OperationCancelledException(
                        plan.ref() + (outcomes.isEmpty() ? ": cancelled before anything was changed" : ""), outcomes);
    }

    private FailurePolicy policy(String pool) {
        if (wanted().filter(s -> fallbacks.hasNext(s, Set.of(pool))).isPresent()) {
            // The failed resources show whether the cloud had no capacity.
            return FailurePolicy.KEEP;
        }
        return options.onFailure()
                .orElseGet(() -> spec.stream()
                        .flatMap(s -> s.pools().stream())
                        .filter(p -> p.name().equals(pool))
                        .findFirst()
                        .map(p -> p.onFailure())
                        .orElse(FailurePolicy.KEEP));
    }

    private static Result result(@Nullable Applied applied, @Nullable Throwable error) {
        if (applied != null) {
            return applied.missing().isEmpty() ? Result.SUCCEEDED : Result.DEGRADED;
        }
        Throwable cause = error == null ? new IllegalStateException("no result") : unwrap(error);
        if (cause instanceof PartialApplyException) {
            return Result.PARTIAL;
        }
        if (cause instanceof OperationCancelledException) {
            return Result.CANCELLED;
        }
        return cause instanceof DeadlineExceededException ? Result.DEADLINE_EXCEEDED : Result.ABORTED;
    }

    private static Throwable unwrap(Throwable error) {
        return error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    }
}
