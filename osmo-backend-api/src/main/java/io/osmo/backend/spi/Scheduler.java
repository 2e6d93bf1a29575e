// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/**
 * The one source of time, randomness and threads. The engine and the providers never sleep, never read a clock and never
 * start a thread: that is what lets a 25-minute creation run in milliseconds of virtual time in a test.
 */
public interface Scheduler extends AutoCloseable {
    Instant now();

    /** Runs a blocking cloud call on a bounded pool. The future completes with its result or with what it threw. */
    <T> CompletableFuture<T> call(Callable<T> work);

    /** Runs a short, non-blocking task after a delay; no thread is held meanwhile. */
    Cancellable after(Duration delay, Runnable task);

    /** A number in [0, 1), for jitter. */
    double random();

    /**
     * Waits for a future: on virtual time by moving the time forward, else by blocking.
     *
     * @throws TimeoutException when the deadline has passed; the work goes on
     * @throws InterruptedException when the calling thread was interrupted
     */
    <T> T await(CompletableFuture<T> future, Duration deadline) throws TimeoutException, InterruptedException;

    /**
     * A view for one account, with threads and time of this scheduler. Calls of several views take turns, and none of them can take all
     * threads: an account whose cloud is slow, or who has a thousand backends, does not hold up the others. Closing it has no effect on
     * this scheduler. By default it is this scheduler.
     */
    default Scheduler share() {
        return this;
    }

    @Override
    void close();

    /** A task that may still be prevented from running. */
    interface Cancellable {
        void cancel();
    }
}
