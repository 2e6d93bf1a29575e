// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.probe;

import io.osmo.backend.spi.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Makes blocking calls to the cluster on the scheduler's threads. */
final class ClusterCalls {
    /** Time between two looks at the pods, and between two tries to remove something. */
    static final Duration PACE = Duration.ofSeconds(2);

    private final Scheduler scheduler;

    ClusterCalls(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** Never completes exceptionally: what the call throws is its result. */
    <T> CompletableFuture<CallResult<T>> attempt(Right right, Callable<T> call) {
        return scheduler
                .call(call)
                .handle((value, failure) ->
                        failure == null ? new CallResult.Done<>(value) : CallResult.Failed.of(right, root(failure)));
    }

    /** Goes on after a pause; no thread is held meanwhile. */
    <T> CompletableFuture<T> later(Supplier<CompletableFuture<T>> next) {
        CompletableFuture<Boolean> pause = new CompletableFuture<>();
        scheduler.after(PACE, () -> pause.complete(true));
        return pause.thenCompose(over -> next.get());
    }

    static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root instanceof CompletionException && root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    static CompletableFuture<Void> all(List<? extends CompletableFuture<?>> futures) {
        return CompletableFuture.allOf(futures.toArray(CompletableFuture<?>[]::new));
    }
}
