// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

import io.osmo.backend.cluster.Fact;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Everything that has been requested of a cluster, until it has arrived or its time is up. Not safe for concurrent use. */
final class Pending {
    private final List<CompletableFuture<?>> all = new ArrayList<>();
    private String late = "not read yet";

    /** Waits for this too. What is returned gives the fact once {@link #await} has ended; unknown when it came too late. */
    <T> Supplier<Fact<T>> add(CompletableFuture<Fact<T>> read) {
        // Whatever an answer does to the code that reads it, it affects only this fact.
        CompletableFuture<Fact<T>> fact = read.exceptionally(e -> Fact.unknown("could not be read: " + e));
        all.add(fact);
        return () -> fact.isDone() && !fact.isCompletedExceptionally() ? fact.join() : Fact.unknown(late);
    }

    /**
     * Waits until everything has arrived or the deadline has passed.
     *
     * @throws CancellationException when the calling thread was interrupted; its interrupt flag is set again
     */
    void await(String cluster, Duration deadline) {
        late = "not read within " + deadline.toSeconds() + " s";
        try {
            CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new))
                    .get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            cancel();
        } catch (InterruptedException e) {
            cancel();
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while reading the cluster " + cluster);
        } catch (ExecutionException e) {
            // Each future turns its own errors into an unknown fact.
            throw new IllegalStateException(e.getCause());
        }
    }

    private void cancel() {
        all.forEach(future -> future.cancel(true));
    }
}
