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
 * The threads of {@link SystemScheduler} on a clock that is ten times as fast. Intervals suit clouds, where a cluster takes minutes; a
 * local service is done at once, and a test would only wait. Clock and pauses go together: with the pauses alone shortened, what is done
 * once every two seconds would be asked for all the time until then. Limits of single calls, from a minute on, are the real ones.
 */
public final class ShortWaits implements Scheduler {
    private static final Duration SHORTEST_LIMIT = Duration.ofMinutes(1);
    private static final int TIMES_AS_FAST = 10;

    private final Scheduler real;
    private final Instant start;

    public ShortWaits() {
        this(new SystemScheduler());
    }

    private ShortWaits(Scheduler real) {
        this(real, real.now());
    }

    private ShortWaits(Scheduler real, Instant start) {
        this.real = real;
        this.start = start;
    }

    @Override
    public Instant now() {
        return start.plus(Duration.between(start, real.now()).multipliedBy(TIMES_AS_FAST));
    }

    @Override
    public <T> CompletableFuture<T> call(Callable<T> work) {
        return real.call(work);
    }

    @Override
    public Cancellable after(Duration delay, Runnable task) {
        return real.after(delay.compareTo(SHORTEST_LIMIT) < 0 ? delay.dividedBy(TIMES_AS_FAST) : delay, task);
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
        return new ShortWaits(real.share(), start);
    }

    @Override
    public void close() {
        real.close();
    }
}
