// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend;

import io.osmo.backend.error.ApplyCancelledException;
import io.osmo.backend.error.DeadlineExceededException;
import io.osmo.backend.internal.engine.Apply;
import io.osmo.backend.internal.engine.AwaitedFuture;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.spi.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/** An apply that is under way. Safe for concurrent use. */
public final class ApplyHandle {
    /** Calls that are on their way end by their own timeouts; this only bounds the wait for them. */
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
     * Asks the apply to end. Nothing new is started; calls that are on their way are waited for. It ends with
     * {@link ApplyCancelledException}, unless it was done by then, and can be gone on with by planning and applying again.
     */
    public void cancel() {
        apply.cancel();
    }

    public boolean isDone() {
        return future.isDone();
    }

    /**
     * Waits for the end. An interruption of the waiting thread cancels the apply.
     *
     * @throws io.osmo.backend.error.PartialApplyException when some resources failed
     * @throws io.osmo.backend.error.StalePlanException when the cloud has moved on; nothing was changed
     * @throws ApplyCancelledException when cancelled or interrupted; the interrupt flag is set again
     * @throws io.osmo.backend.error.DeadlineExceededException when the options' deadline has passed
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
                    throw new ApplyCancelledException(plan.ref() + ": cancelled while calls were running", List.of());
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
}
