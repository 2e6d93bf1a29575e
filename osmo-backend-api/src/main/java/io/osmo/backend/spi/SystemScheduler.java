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
 * when idle. Accounts that {@linkplain #share() share} them take turns, each with at most {@value #MAX_CALLS_OF_ACCOUNT}.
 */
public final class SystemScheduler implements Scheduler {
    /** Calls at once; further ones queue. */
    public static final int MAX_CALLS = 32;

    /** Calls at once of one {@linkplain #share() account}. */
    public static final int MAX_CALLS_OF_ACCOUNT = 16;

    private final CallQueue calls;
    private final CallQueue.Share own;
    private final ScheduledThreadPoolExecutor timer;

    public SystemScheduler() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                MAX_CALLS, MAX_CALLS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons("osmo-backend-call-"));
        pool.allowCoreThreadTimeOut(true);
        calls = new CallQueue(pool, MAX_CALLS, MAX_CALLS_OF_ACCOUNT);
        own = calls.new Share();
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
        return call(own, work);
    }

    private static <T> CompletableFuture<T> call(CallQueue.Share share, Callable<T> work) {
        Call<T> call = new Call<>(work, new CompletableFuture<>());
        try {
            share.execute(call);
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
        for (Runnable queued : calls.close()) {
            ((Call<?>) queued).refuse();
        }
    }

    @Override
    public Scheduler share() {
        return new Account(calls.new Share());
    }

    private final class Account implements Scheduler {
        private final CallQueue.Share share;

        private Account(CallQueue.Share share) {
            this.share = share;
        }

        @Override
        public Instant now() {
            return SystemScheduler.this.now();
        }

        @Override
        public <T> CompletableFuture<T> call(Callable<T> work) {
            return SystemScheduler.call(share, work);
        }

        @Override
        public Cancellable after(Duration delay, Runnable task) {
            return SystemScheduler.this.after(delay, task);
        }

        @Override
        public double random() {
            return SystemScheduler.this.random();
        }

        @Override
        public <T> T await(CompletableFuture<T> future, Duration deadline)
                throws TimeoutException, InterruptedException {
            return SystemScheduler.this.await(future, deadline);
        }

        @Override
        public void close() {
            // The threads are of all accounts.
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
