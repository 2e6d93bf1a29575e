// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.facts;

import io.osmo.backend.aws.EksFeature;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.spi.provider.Reading;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Turns answers of AWS into facts. What AWS refuses is unknown for the reason that it gives; anything else is a defect. */
final class Facts {
    private Facts() {}

    static <T> CompletableFuture<Fact<T>> of(CompletableFuture<T> answer) {
        return answer.handle((value, failure) -> {
            if (failure == null) {
                return Fact.of(value);
            }
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            if (cause instanceof CloudException refused) {
                return Fact.unknown(refused.getMessage());
            }
            throw new CompletionException(cause);
        });
    }

    /** Goes on asking with what is known. */
    static <A, B> CompletableFuture<Fact<B>> then(
            CompletableFuture<Fact<A>> first, Function<? super A, CompletableFuture<Fact<B>>> next) {
        return first.thenCompose(fact -> fact.known()
                .map(next::apply)
                .orElseGet(() -> CompletableFuture.completedFuture(fact.flatMap(a -> Fact.unknown("")))));
    }

    /** What follows from two facts. */
    static <A, B, R> Fact<R> both(Fact<A> one, Fact<B> other, BiFunction<? super A, ? super B, R> function) {
        return one.flatMap(a -> other.map(b -> function.apply(a, b)));
    }

    /** What the settings say cannot be asked for. */
    static <T> Fact<T> omitted(EksFeature feature) {
        return Fact.unknown("settings.omit names " + feature + ": " + feature.consequence());
    }

    static <T> CompletableFuture<List<T>> all(List<CompletableFuture<T>> futures) {
        return Reading.sequence(futures);
    }
}
