// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.resource.ResourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Turns answers of a cloud into facts. A {@code CloudException} becomes an unknown fact with its message as the reason; any other failure
 * is passed on.
 */
public final class Facts {
    private Facts() {}

    public static <T> CompletableFuture<Fact<T>> of(CompletableFuture<T> answer) {
        return Futures.recover(
                answer.thenApply(Fact::of), refused -> Fact.unknown(String.valueOf(refused.getMessage())));
    }

    /** Continues with a known fact; unknown for the same reason otherwise. */
    public static <A, B> CompletableFuture<Fact<B>> then(
            CompletableFuture<Fact<A>> first, Function<? super A, CompletableFuture<Fact<B>>> next) {
        return first.thenCompose(fact -> fact.known()
                .map(next::apply)
                .orElseGet(() -> CompletableFuture.completedFuture(fact.flatMap(a -> Fact.unknown("")))));
    }

    /**
     * What a reader observed under an id; unknown if the cloud refused the reader or nothing exists.
     *
     * @param what name of the object for the message if it does not exist, such as {@code cluster}
     */
    public static <T> CompletableFuture<Fact<T>> observed(
            CompletableFuture<Reading> reading, ResourceId id, Class<T> type, String what) {
        return of(reading)
                .thenApply(fact -> fact.flatMap(
                        found -> Optional.ofNullable(found.observed().get(id))
                                .map(each -> Fact.of(type.cast(each.value())))
                                .orElseGet(() -> Fact.unknown("there is no " + what))));
    }

    /** What could not be read and why, sorted by name. */
    public static List<String> gaps(Map<String, ? extends Fact<?>> facts) {
        List<String> gaps = new ArrayList<>();
        new TreeMap<>(facts).forEach((what, fact) -> {
            if (fact instanceof Fact.Unknown<?> unknown) {
                gaps.add(what + ": " + unknown.reason());
            }
        });
        return gaps;
    }

    /** Combines two facts; unknown if one of them is. */
    public static <A, B, R> Fact<R> both(
            Fact<A> one, Fact<B> other, BiFunction<? super A, ? super B, ? extends R> function) {
        return one.flatMap(a -> other.map(b -> function.apply(a, b)));
    }
}
