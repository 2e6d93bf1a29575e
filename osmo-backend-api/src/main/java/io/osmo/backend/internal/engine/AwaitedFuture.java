// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.engine;

import io.osmo.backend.spi.Scheduler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A future that waits through its scheduler, as do all futures derived from it. Virtual time only advances while the scheduler waits, so a
 * host that blocks on an ordinary future would wait forever.
 */
public final class AwaitedFuture<T> extends CompletableFuture<T> {
    private final Scheduler scheduler;
    private final Duration longest;

    private AwaitedFuture(Scheduler scheduler, Duration longest) {
        this.scheduler = scheduler;
        this.longest = longest;
    }

    /** @param longest the time within which the future completes; longer waits are those of any future */
    public static <T> CompletableFuture<T> of(CompletableFuture<T> future, Scheduler scheduler, Duration longest) {
        AwaitedFuture<T> awaited = new AwaitedFuture<>(scheduler, longest);
        future.whenComplete((value, error) -> {
            if (error == null) {
                awaited.complete(value);
            } else {
                awaited.completeExceptionally(error);
            }
        });
        return awaited;
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new AwaitedFuture<>(scheduler, longest);
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        await(longest);
        return super.get();
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        if (!await(Duration.of(timeout, unit.toChronoUnit()))) {
            throw new TimeoutException("not done within " + timeout + " " + unit);
        }
        return super.get();
    }

    @Override
    public T join() {
        try {
            await(longest);
        } catch (InterruptedException e) {
            // A join continues, and sets the interrupt flag again afterward.
            Thread.currentThread().interrupt();
        }
        return super.join();
    }

    private boolean await(Duration deadline) throws InterruptedException {
        if (isDone()) {
            return true;
        }
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        whenComplete((value, error) -> done.complete(true));
        try {
            return scheduler.await(done, deadline);
        } catch (TimeoutException e) {
            return isDone();
        }
    }
}
