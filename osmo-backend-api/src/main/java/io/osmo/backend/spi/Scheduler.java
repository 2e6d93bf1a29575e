// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/**
 * The only source of time, randomness and threads for the engine and the providers: they do not sleep, read no clock and start no
 * threads. So a test can run a creation of 25 minutes in milliseconds of virtual time. Implementations must be safe for concurrent use.
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
     * Waits for a future. In virtual time, this moves the time forward; otherwise it blocks.
     *
     * @throws TimeoutException if the deadline has passed; the work continues
     * @throws InterruptedException if the calling thread was interrupted
     */
    <T> T await(CompletableFuture<T> future, Duration deadline) throws TimeoutException, InterruptedException;

    /**
     * A view for one account that uses the threads and the time of this scheduler. Views take turns, and none can use all threads, so a
     * slow cloud or an account with a thousand backends does not delay the others. Closing a view does not close this scheduler. Default:
     * this scheduler itself.
     */
    default Scheduler share() {
        return this;
    }

    @Override
    void close();

    /** A scheduled task. */
    interface Cancellable {
        void cancel();
    }
}
