// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.engine;

import io.osmo.backend.spi.Scheduler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A future that waits by its scheduler, and so do those that are made from it. On virtual time, which moves only while somebody waits
 * for something, a host that blocks on a future would otherwise wait forever.
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
            // A join goes on; whoever has interrupted is told afterwards.
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
