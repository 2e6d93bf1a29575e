// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.cluster.Fact;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Turns answers of a cloud into facts. What the cloud refuses is unknown for the reason it gives; anything else is a defect. */
public final class Facts {
    private Facts() {}

    public static <T> CompletableFuture<Fact<T>> of(CompletableFuture<T> answer) {
        return Futures.recover(
                answer.thenApply(Fact::of), refused -> Fact.unknown(String.valueOf(refused.getMessage())));
    }

    /** Asks further with what is known; unknown for the same reason when nothing is. */
    public static <A, B> CompletableFuture<Fact<B>> then(
            CompletableFuture<Fact<A>> first, Function<? super A, CompletableFuture<Fact<B>>> next) {
        return first.thenCompose(fact -> fact.known()
                .map(next::apply)
                .orElseGet(() -> CompletableFuture.completedFuture(fact.flatMap(a -> Fact.unknown("")))));
    }

    /** What follows from two facts; unknown when one of them is. */
    public static <A, B, R> Fact<R> both(
            Fact<A> one, Fact<B> other, BiFunction<? super A, ? super B, ? extends R> function) {
        return one.flatMap(a -> other.map(b -> function.apply(a, b)));
    }
}
