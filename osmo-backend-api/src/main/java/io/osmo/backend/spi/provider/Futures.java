// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.error.CloudException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/** What providers need of futures beyond the JDK: none of these methods holds a thread. */
public final class Futures {
    private Futures() {}

    /**
     * The results of all futures, in order; fails with the first failure once all are done. A host that cannot be reached is told at
     * once: the other calls would only wait for the same.
     */
    public static <T> CompletableFuture<List<T>> all(List<CompletableFuture<T>> futures) {
        CompletableFuture<List<T>> all = CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new))
                .thenApply(done -> {
                    List<T> results = new ArrayList<>();
                    futures.forEach(f -> results.add(f.join()));
                    return results;
                });
        futures.forEach(future -> future.whenComplete((result, failure) -> {
            if (failure != null
                    && cause(failure) instanceof CloudException refused
                    && NoAnswer.isUnreachable(refused)) {
                all.completeExceptionally(refused);
            }
        }));
        return all;
    }

    /** The results of all futures as one list; fails with the first failure. */
    public static <T> CompletableFuture<List<T>> flat(List<CompletableFuture<List<T>>> futures) {
        return all(futures)
                .thenApply(lists -> lists.stream().flatMap(List::stream).toList());
    }

    /** What made a future fail, without the wrappers that futures add. */
    public static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** Answers a refusal or failure of the cloud with a value; every other failure is a defect and stays one. */
    public static <T> CompletableFuture<T> recover(
            CompletableFuture<T> future, Function<? super CloudException, ? extends T> answer) {
        return future.exceptionally(failure -> {
            Throwable cause = cause(failure);
            if (cause instanceof CloudException refused) {
                return answer.apply(refused);
            }
            throw new CompletionException(cause);
        });
    }
}
