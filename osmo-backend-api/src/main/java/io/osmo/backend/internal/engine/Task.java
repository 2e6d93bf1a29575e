// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.engine;

import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.error.DeadlineExceededException;
import io.osmo.backend.event.Event.Effect;
import io.osmo.backend.event.Event.EffectAccepted;
import io.osmo.backend.event.Event.ResourceRetrying;
import io.osmo.backend.event.Event.ResourceWaiting;
import io.osmo.backend.plan.Change;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.Scheduler.Cancellable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One resource on its way to what is wanted: a loop of read, decide, one effect, read again. All methods are called under the
 * run's monitor; nothing here blocks.
 */
abstract class Task<O> {
    /** What was read less long ago is acted upon without reading it again. */
    private static final Duration FRESH = Duration.ofSeconds(30);

    /**
     * Polls come at a fiftieth of the typical duration, or of the time that has passed when that is longer, so that waiting adds about
     * one percent.
     */
    private static final int POLLS_PER_DURATION = 50;

    private static final Duration SHORTEST_POLL = Duration.ofMillis(250);
    private static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(30);

    /** Consistency comes within seconds: no use to wait for it as long as for a throttle to end. */
    private static final Duration LONGEST_CONSISTENCY_BACKOFF = Duration.ofSeconds(5);

    /** States of a task. */
    enum Status {
        BLOCKED,
        RUNNING,
        DONE,
        FAILED,
        SKIPPED,
        CANCELLED;

        boolean isTerminal() {
            return ordinal() >= DONE.ordinal();
        }
    }

    final Run run;
    final Change change;
    final Deletable<O> target;
    final Set<Task<?>> blockers = new HashSet<>();
    final List<Task<?>> dependents = new ArrayList<>();
    Status status = Status.BLOCKED;

    @Nullable
    Throwable failure;

    @Nullable
    Cancellable timer;

    /** The pool whose turn this task has taken. */
    @Nullable
    String pool;

    boolean calling;
    private Instant startedAt;
    private int failures;
    private String lastSeen = "";
    private @Nullable CloudException lastError;

    /** The refusal that has been repeated without interruption, and since when. */
    private @Nullable CloudException refusal;

    private @Nullable Instant refusedSince;
    private boolean readRefused;

    Task(Run run, Change change, Deletable<O> target) {
        this.run = run;
        this.change = change;
        this.target = target;
        this.startedAt = run.now();
    }

    /** Decides what to do about what was read. */
    abstract void decide(Optional<O> found);

    /** How long it typically takes. */
    abstract Duration typical();

    /** Completes a sentence after the id, such as {@code was not ready}. */
    abstract String unfinished();

    /** Whether what is known need not be read first. */
    abstract boolean trusts(Optional<O> known);

    /** A call that changes something failed; the default is to read and decide again if that can help. */
    void effectFailed(Effect effect, CloudException error) {
        retryOrFail(error);
    }

    /** A read failed; the default is to read again if that can help. */
    void readRefused(CloudException error) {
        retryOrFail(error);
    }

    final ResourceId id() {
        return target.id();
    }

    final void begin() {
        startedAt = run.now();
        Optional<O> known = run.state().find(target);
        boolean fresh = since(run.state().seenAt(id())).compareTo(FRESH) <= 0;
        if (fresh && trusts(known)) {
            decide(known);
        } else {
            read();
        }
    }

    final Duration since(Instant moment) {
        return Duration.between(moment, run.now());
    }

    final boolean within(@Nullable Instant moment, Duration window) {
        return moment != null && since(moment).compareTo(window) < 0;
    }

    final void read() {
        run.call(this, () -> target.read(run.state()), this::saw, this::readFailed);
    }

    private void saw(Optional<O> found) {
        if (readRefused) {
            forgetRefusal();
        }
        found.ifPresentOrElse(value -> run.state().put(id(), value, run.now()), () -> forget());
        decide(found);
    }

    /** A read found nothing. */
    void forget() {
        run.state().remove(id(), run.now());
    }

    private void readFailed(Throwable error) {
        if (error instanceof CloudException cloud) {
            readRefused = true;
            readRefused(cloud);
        } else {
            fail(error);
        }
    }

    final <T> void effect(Effect effect, Callable<T> work, Consumer<T> accepted) {
        run.call(
                this,
                work,
                result -> {
                    forgetRefusal();
                    run.emit(new EffectAccepted(run.now(), run.ref(), id(), effect));
                    accepted.accept(result);
                    proceed(this::read);
                },
                error -> {
                    if (error instanceof CloudException cloud) {
                        readRefused = false;
                        effectFailed(effect, cloud);
                    } else {
                        fail(error);
                    }
                });
    }

    final void poll(String reason) {
        poll(reason, interval());
    }

    final void poll(String reason, Duration delay) {
        lastSeen = reason;
        run.emit(new ResourceWaiting(run.now(), run.ref(), id(), reason, since(startedAt)));
        later(delay, Duration.ZERO);
    }

    private Duration interval() {
        Duration share = longer(typical(), elapsed()).dividedBy(POLLS_PER_DURATION);
        return shorter(longer(share, SHORTEST_POLL), target.timing().poll());
    }

    final void retryOrFail(CloudException error) {
        if (error.worthRetrying()) {
            retry(error);
        } else {
            fail(error);
        }
    }

    /** A refused call has succeeded, or another operation has run meanwhile, so the next refusal counts as a new one. */
    final void forgetRefusal() {
        refusal = null;
        failures = 0;
    }

    /** Whether the cloud has given the same answer for longer than it makes sense to wait for another one. */
    private boolean isOutOfPatience(CloudException error) {
        if (refusal == null
                || refusedSince == null
                || refusal.error() != error.error()
                || !refusal.code().equals(error.code())) {
            refusal = error;
            refusedSince = run.now();
        }
        Instant since = refusedSince;
        return error.worthRetrying()
                && error.patience()
                        .filter(bound -> since(since).compareTo(bound) >= 0)
                        .isPresent();
    }

    final void retry(CloudException error) {
        if (isOutOfPatience(error)) {
            fail(error);
            return;
        }
        lastError = error;
        lastSeen = error.getMessage();
        Duration longest =
                error.error() == CloudError.NOT_YET_CONSISTENT ? LONGEST_CONSISTENCY_BACKOFF : LONGEST_BACKOFF;
        Duration backoff = shorter(FIRST_BACKOFF.multipliedBy(1L << Math.min(failures, 10)), longest);
        // A cloud that says how long it wants to be left alone is not asked earlier. It may say any number.
        Duration asked = shorter(
                error.retryAfter().orElse(Duration.ZERO), target.timing().deadline());
        Duration delay = shorter(backoff, asked).equals(backoff) ? asked : backoff;
        failures++;
        run.emit(new ResourceRetrying(run.now(), run.ref(), id(), lastSeen, delay));
        later(delay, asked);
    }

    /** The last failure after which something was tried again. */
    final Optional<CloudException> lastError() {
        return Optional.ofNullable(lastError);
    }

    private void later(Duration delay, Duration atLeast) {
        Duration left = target.timing().deadline().minus(since(startedAt));
        if (left.isNegative() || left.isZero()) {
            fail(new DeadlineExceededException(
                    id() + " " + unfinished(), target.timing().deadline(), lastSeen, List.of(), lastError));
            return;
        }
        // Equal jitter around the delay keeps a thousand backends from asking in step.
        Duration jittered = Duration.ofMillis((long) (delay.toMillis() * (0.75 + 0.5 * run.random())));
        Duration wait = shorter(jittered, atLeast).equals(jittered) ? atLeast : jittered;
        proceed(() -> timer = run.after(this, shorter(wait, left), this::read));
    }

    private void proceed(Runnable next) {
        if (run.stopped()) {
            run.end(this, Status.CANCELLED);
        } else {
            next.run();
        }
    }

    final void done() {
        run.end(this, Status.DONE);
    }

    final void fail(Throwable error) {
        failure = error;
        run.end(this, Status.FAILED);
    }

    /**
     * The failure that the cloud has reported.
     *
     * @param kept why the resource is not replaced, and what to do instead
     * @param otherwise what to do if neither this nor the cloud's code says it
     */
    final CloudException.Builder failed(Readiness readiness, Optional<String> kept, String otherwise) {
        Optional<Readiness.Failure> known = readiness.failure();
        String remedy = Stream.concat(known.map(Readiness.Failure::remedy).stream(), kept.stream())
                .collect(Collectors.joining(" "));
        return CloudException.builder(known.map(Readiness.Failure::error).orElse(CloudError.UNKNOWN), id().toString())
                .code(known.map(Readiness.Failure::code).orElse("failed state"))
                .remedy(remedy.isEmpty() ? otherwise : remedy);
    }

    final Duration elapsed() {
        return since(startedAt);
    }

    static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
