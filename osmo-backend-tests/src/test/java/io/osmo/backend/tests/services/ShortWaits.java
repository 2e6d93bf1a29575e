// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.services;

import io.osmo.backend.spi.Scheduler;
import io.osmo.backend.spi.SystemScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/**
 * The threads and the clock of {@link SystemScheduler}, with short pauses between two polls. Intervals suit clouds, where a
 * cluster takes minutes; a local service is done at once, and a test would only wait. Deadlines, from a minute on, stay.
 */
public final class ShortWaits implements Scheduler {
    private static final Duration SHORTEST_DEADLINE = Duration.ofMinutes(1);
    private static final int DIVISOR = 50;

    private final Scheduler real;

    public ShortWaits() {
        this(new SystemScheduler());
    }

    private ShortWaits(Scheduler real) {
        this.real = real;
    }

    @Override
    public Instant now() {
        return real.now();
    }

    @Override
    public <T> CompletableFuture<T> call(Callable<T> work) {
        return real.call(work);
    }

    @Override
    public Cancellable after(Duration delay, Runnable task) {
        return real.after(delay.compareTo(SHORTEST_DEADLINE) < 0 ? delay.dividedBy(DIVISOR) : delay, task);
    }

    @Override
    public double random() {
        return real.random();
    }

    @Override
    public <T> T await(CompletableFuture<T> future, Duration deadline) throws TimeoutException, InterruptedException {
        return real.await(future, deadline);
    }

    @Override
    public Scheduler share() {
        return new ShortWaits(real.share());
    }

    @Override
    public void close() {
        real.close();
    }
}
