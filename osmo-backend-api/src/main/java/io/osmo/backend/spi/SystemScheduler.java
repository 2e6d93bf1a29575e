// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Real time on at most {@value #MAX_CALLS} daemon threads for calls and one for timers. Threads start when needed and end
 * when idle.
 */
public final class SystemScheduler implements Scheduler {
    /** Calls at once; further ones queue. */
    public static final int MAX_CALLS = 32;

    private final ThreadPoolExecutor pool;
    private final ScheduledThreadPoolExecutor timer;

    public SystemScheduler() {
        pool = new ThreadPoolExecutor(
                MAX_CALLS, MAX_CALLS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons("osmo-backend-call-"));
        pool.allowCoreThreadTimeOut(true);
        timer = new ScheduledThreadPoolExecutor(1, daemons("osmo-backend-timer-"));
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    private static ThreadFactory daemons(String prefix) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public <T> CompletableFuture<T> call(Callable<T> work) {
        Call<T> call = new Call<>(work, new CompletableFuture<>());
        try {
            pool.execute(call);
        } catch (RejectedExecutionException e) {
            call.refuse();
        }
        return call.future();
    }

    @Override
    public Cancellable after(Duration delay, Runnable task) {
        ScheduledFuture<?> scheduled = timer.schedule(task, Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }

    @Override
    public double random() {
        return ThreadLocalRandom.current().nextDouble();
    }

    @Override
    public <T> T await(CompletableFuture<T> future, Duration deadline) throws TimeoutException, InterruptedException {
        try {
            return future.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof Error error) {
                throw error;
            }
            throw cause instanceof RuntimeException runtime ? runtime : new CompletionException(cause);
        }
    }

    /** Starts nothing new; calls that are running are interrupted, those that have not begun fail. */
    @Override
    public void close() {
        timer.shutdownNow();
        for (Runnable queued : pool.shutdownNow()) {
            ((Call<?>) queued).refuse();
        }
    }

    private record Call<T>(Callable<T> work, CompletableFuture<T> future) implements Runnable {
        @Override
        public void run() {
            try {
                future.complete(work.call());
            } catch (Throwable e) {
                future.completeExceptionally(e);
            }
        }

        void refuse() {
            future.completeExceptionally(new IllegalStateException("closed"));
        }
    }
}
