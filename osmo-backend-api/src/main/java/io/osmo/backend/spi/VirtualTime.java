// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A discrete-event scheduler for tests and emulators: nothing runs until {@link #await} or {@link #advance} drives it, and time jumps
 * from one event to the next, so that a creation of 25 minutes takes milliseconds. Everything runs on the driving thread, in the order of
 * virtual time and, within one instant, in the order in which it was submitted. With the same seed, a run repeats exactly.
 *
 * <p>A {@link #call} does its work when the time of the call comes and completes its future one {@linkplain #latency() latency} later.
 * Work may itself call and await.
 *
 * <p>Work that throws {@link SimulatedCrash} ends the process that is being simulated: every pending event is dropped, no future
 * completes any more, and the crash is thrown out of {@link #await} or {@link #advance}. The clock keeps its time, so that a new run can
 * continue with the same emulator.
 *
 * <p>{@link #now()} may be read and tasks may be added from any thread; one thread at a time drives.
 */
public final class VirtualTime implements Scheduler, InstantSource {
    private static final Duration DEFAULT_LATENCY = Duration.ofMillis(200);

    private final PriorityBlockingQueue<Event> events = new PriorityBlockingQueue<>();
    private final AtomicLong sequence = new AtomicLong();
    private final AtomicLong calls = new AtomicLong();
    private final ReentrantLock driving = new ReentrantLock();
    private final Random random;
    private final Duration latency;
    private final Instant start;
    private volatile Instant now;
    private volatile @Nullable SimulatedCrash crash;
    private volatile Duration extra = Duration.ZERO;

    private VirtualTime(long seed, Duration latency, Instant start) {
        if (latency.isNegative()) {
            throw new IllegalArgumentException("latency is negative: " + latency);
        }
        this.random = new Random(seed);
        this.latency = latency;
        this.start = start;
        this.now = start;
    }

    /** Seed 0, 200 ms of latency, starting on 2026-01-01T00:00:00Z. */
    public static VirtualTime create() {
        return seeded(0);
    }

    /** Like {@link #create()} with another seed for {@link #random()}. */
    public static VirtualTime seeded(long seed) {
        return new VirtualTime(seed, DEFAULT_LATENCY, Instant.parse("2026-01-01T00:00:00Z"));
    }

    /**
     * @param seed seed of {@link #random()}
     * @param latency how long each call takes, at least zero
     * @param start the first value of {@link #now()}
     */
    public static VirtualTime of(long seed, Duration latency, Instant start) {
        return new VirtualTime(seed, latency, start);
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public synchronized double random() {
        return random.nextDouble();
    }

    @Override
    public <T> CompletableFuture<T> call(Callable<T> work) {
        CompletableFuture<T> future = new CompletableFuture<>();
        after(Duration.ZERO, () -> run(work, future));
        return future;
    }

    private <T> void run(Callable<T> work, CompletableFuture<T> future) {
        calls.incrementAndGet();
        Duration outer = extra;
        extra = Duration.ZERO;
        Runnable completion;
        try {
            T value = work.call();
            completion = () -> future.complete(value);
        } catch (SimulatedCrash e) {
            crash = e;
            completion = () -> {};
        } catch (Throwable e) {
            completion = () -> future.completeExceptionally(e);
        }
        Duration slow = extra;
        extra = outer;
        if (crash != null) {
            events.clear();
            return;
        }
        after(latency.plus(slow), completion);
    }

    /**
     * Makes the running call take this much longer, for emulators of slow services. They may run on another thread while the call waits
     * for them.
     */
    public void spend(Duration time) {
        requireRunning();
        extra = extra.plus(time);
    }

    /**
     * Ends the process that is being simulated as soon as the call that is running right now returns, whatever it returns; for emulators
     * behind a vendor's client, which would catch what they throw. Until then the process is {@linkplain #crashing() crashing}: its
     * further calls must have no effect.
     */
    public void crash(SimulatedCrash how) {
        requireRunning();
        crash = how;
    }

    /** Whether the process has crashed but its last call has not returned yet. */
    public boolean crashing() {
        return crash != null;
    }

    private void requireRunning() {
        if (!driving.isLocked()) {
            throw new IllegalStateException("no call is running");
        }
    }

    @Override
    public Cancellable after(Duration delay, Runnable task) {
        Instant at = now.plus(delay.isNegative() ? Duration.ZERO : delay);
        Event event = new Event(at, sequence.getAndIncrement(), task);
        events.add(event);
        return () -> events.remove(event);
    }

    /**
     * Drives time forward until the future is done or the deadline has passed.
     *
     * @throws IllegalStateException when nothing is scheduled any more that could complete the future
     */
    @Override
    public <T> T await(CompletableFuture<T> future, Duration deadline) throws TimeoutException, InterruptedException {
        Instant until = now.plus(deadline);
        driving.lock();
        try {
            while (!future.isDone()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                Event next = events.peek();
                if (next == null) {
                    throw new IllegalStateException("nothing is scheduled that could complete the future");
                }
                if (next.at().isAfter(until)) {
                    now = until;
                    throw new TimeoutException("not done within " + deadline);
                }
                step();
            }
        } finally {
            driving.unlock();
        }
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw unwrap(e);
        }
    }

    /** Moves the time forward and runs everything that becomes due. */
    public void advance(Duration time) {
        Instant until = now.plus(time);
        driving.lock();
        try {
            for (Event next = events.peek(); next != null && !next.at().isAfter(until); next = events.peek()) {
                step();
            }
            now = until;
        } finally {
            driving.unlock();
        }
    }

    /** Like {@link #advance}, unless another thread is driving; then it does nothing and returns false. */
    public boolean tryAdvance(Duration time) {
        if (!driving.tryLock()) {
            return false;
        }
        try {
            advance(time);
            return true;
        } finally {
            driving.unlock();
        }
    }

    /**
     * Runs work as a call at the current time, for servers with clients outside of virtual time. If another thread is driving, it may be
     * waiting for this answer; then the work takes no time.
     */
    public <T> T answer(Supplier<T> work) {
        if (!driving.tryLock()) {
            return work.get();
        }
        try {
            CompletableFuture<T> answer = call(work::get);
            while (!answer.isDone()) {
                step();
            }
            return answer.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        } finally {
            driving.unlock();
        }
    }

    private void step() {
        Event event = events.poll();
        if (event == null) {
            return;
        }
        if (event.at().isAfter(now)) {
            now = event.at();
        }
        event.task().run();
        SimulatedCrash crashed = crash;
        if (crashed != null) {
            events.clear();
            // Each level of nested await must see the crash; the outermost one ends it.
            if (driving.getHoldCount() == 1) {
                crash = null;
            }
            throw crashed;
        }
    }

    private static RuntimeException unwrap(ExecutionException e) {
        Throwable cause = e.getCause();
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException runtime ? runtime : new CompletionException(cause);
    }

    /** How long one call takes. */
    public Duration latency() {
        return latency;
    }

    /** Virtual time since the start. */
    public Duration elapsed() {
        return Duration.between(start, now);
    }

    /** How many calls have been made. */
    public long calls() {
        return calls.get();
    }

    /**
     * The length of the longest chain of calls since a point in time, if only calls have taken time since: the elapsed time divided by
     * the latency.
     */
    public long depthSince(Instant moment) {
        return latency.isZero() ? 0 : Duration.between(moment, now).toMillis() / latency.toMillis();
    }

    /** Drops everything that is pending. */
    @Override
    public void close() {
        events.clear();
    }

    /** The current virtual time and how many events are pending. */
    @Override
    public String toString() {
        return "VirtualTime[" + now + ", " + events.size() + " events pending]";
    }

    /** Thrown by work to simulate {@code kill -9} at that point. */
    public static final class SimulatedCrash extends Error {
        private static final long serialVersionUID = 1;

        public SimulatedCrash(String where) {
            super(where, null, false, false);
        }
    }

    private record Event(Instant at, long sequence, Runnable task) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int order = at.compareTo(other.at);
            return order != 0 ? order : Long.compare(sequence, other.sequence);
        }
    }
}
