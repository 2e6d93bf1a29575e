// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.bench;

import io.osmo.backend.spi.Scheduler;
import io.osmo.backend.spi.SystemScheduler;
import io.osmo.backend.spi.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Calls on the threads of {@link SystemScheduler}, as a host has them, while the clock is virtual: it moves on whenever all calls have
 * been answered, so that what takes a cloud half an hour takes no longer than its calls. {@link #drive} is the thread for timers.
 */
final class RealThreads implements Scheduler {
    private static final Duration STEP = Duration.ofSeconds(1);

    private final VirtualTime clock;
    private final Scheduler threads;
    private final AtomicInteger underWay;

    RealThreads(VirtualTime clock) {
        this(clock, new SystemScheduler(), new AtomicInteger());
    }

    private RealThreads(VirtualTime clock, Scheduler threads, AtomicInteger underWay) {
        this.clock = clock;
        this.threads = threads;
        this.underWay = underWay;
    }

    /** Lets time pass until a future is done. */
    void drive(CompletableFuture<?> end, Runnable now) throws InterruptedException {
        while (!end.isDone()) {
            if (underWay.get() == 0) {
                clock.advance(STEP);
                now.run();
            } else {
                synchronized (underWay) {
                    underWay.wait(1);
                }
            }
        }
    }

    @Override
    public Instant now() {
        return clock.now();
    }

    @Override
    public <T> CompletableFuture<T> call(Callable<T> work) {
        underWay.incrementAndGet();
        CompletableFuture<T> answer = threads.call(work);
        // What follows an answer runs before the time moves on: it was asked for earlier than this.
        CompletableFuture<T> told = new CompletableFuture<>();
        answer.whenComplete((value, failure) -> {
            try {
                if (failure == null) {
                    told.complete(value);
                } else {
                    told.completeExceptionally(failure);
                }
            } finally {
                if (underWay.decrementAndGet() == 0) {
                    synchronized (underWay) {
                        underWay.notifyAll();
                    }
                }
            }
        });
        return told;
    }

    @Override
    public Cancellable after(Duration delay, Runnable task) {
        return clock.after(delay, task);
    }

    @Override
    public double random() {
        return clock.random();
    }

    /** The deadline is real and generous: what is waited for has deadlines of its own, in virtual time. */
    @Override
    public <T> T await(CompletableFuture<T> future, Duration deadline) throws TimeoutException, InterruptedException {
        return threads.await(future, Duration.ofHours(2));
    }

    @Override
    public Scheduler share() {
        return new RealThreads(clock, threads.share(), underWay);
    }

    @Override
    public void close() {
        threads.close();
    }
}
