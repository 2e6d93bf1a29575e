// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend;

import io.osmo.backend.error.DeadlineExceededException;
import io.osmo.backend.error.OperationCancelledException;
import io.osmo.backend.internal.engine.Apply;
import io.osmo.backend.internal.engine.AwaitedFuture;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.spi.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/** An apply that was started. Safe for concurrent use. */
public final class ApplyHandle {
    /** Running calls end by their own timeouts; this only limits the wait for them. */
    private static final Duration WIND_DOWN = Duration.ofMinutes(10);

    private final Plan plan;
    private final Apply apply;
    private final Scheduler scheduler;
    private final Duration deadline;
    private final CompletableFuture<Backend> future;

    ApplyHandle(Plan plan, Apply apply, Scheduler scheduler, Duration deadline, CompletableFuture<Backend> future) {
        this.plan = plan;
        this.apply = apply;
        this.scheduler = scheduler;
        this.deadline = deadline;
        this.future = future;
    }

    public Plan plan() {
        return plan;
    }

    /**
     * Asks the apply to stop, and returns immediately. It starts nothing new, waits for running calls, and ends with {@link
     * OperationCancelledException} unless it has finished by then. Plan and apply again to resume.
     */
    public void cancel() {
        apply.cancel();
    }

    public boolean isDone() {
        return future.isDone();
    }

    /**
     * Blocks until the apply has ended. If the waiting thread is interrupted, the apply is cancelled.
     *
     * @throws io.osmo.backend.error.PartialApplyException if some resources failed
     * @throws io.osmo.backend.error.StalePlanException if the cloud has changed since the plan was made; nothing was changed
     * @throws OperationCancelledException if it was cancelled or the thread was interrupted, in which case its interrupt flag is set
     * @throws io.osmo.backend.error.DeadlineExceededException if the deadline of the options has passed
     */
    public Backend await() {
        try {
            try {
                return scheduler.await(future, deadline.plus(WIND_DOWN));
            } catch (InterruptedException e) {
                cancel();
                try {
                    return scheduler.await(future, WIND_DOWN);
                } catch (InterruptedException again) {
                    throw new OperationCancelledException(
                            plan.ref() + ": cancelled while calls were running", List.of());
                } finally {
                    Thread.currentThread().interrupt();
                }
            }
        } catch (TimeoutException e) {
            throw new DeadlineExceededException(
                    plan.ref() + ": calls under way did not end", WIND_DOWN, "", List.of(), e);
        } catch (Error e) {
            apply.abandon();
            throw e;
        }
    }

    /**
     * Completes when the apply ends, for hosts that do not want to block. Virtual time moves only while something waits, so there its
     * {@code get} and {@code join} move the time, and so do those of futures made from it.
     */
    public CompletableFuture<Backend> toCompletableFuture() {
        return AwaitedFuture.of(future, scheduler, deadline.plus(WIND_DOWN));
    }

    /** The backend, what is done to it, and whether that has ended. */
    @Override
    public String toString() {
        return "ApplyHandle[" + plan.ref() + ", " + plan.kind() + ", " + (isDone() ? "ended" : "running") + "]";
    }
}
