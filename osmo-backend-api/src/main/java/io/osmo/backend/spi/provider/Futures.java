// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.error.CloudException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/** Operations on futures that the JDK lacks. None of them blocks. */
public final class Futures {
    private Futures() {}

    /**
     * The results of all futures, in order; fails with the first failure once all have completed. It fails immediately if a host is
     * unreachable, because the other calls would fail for the same reason later.
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

    /** The cause of a failed future without the wrappers that futures add. */
    public static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** Replaces a {@code CloudException} by a value; any other failure is passed on. */
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
