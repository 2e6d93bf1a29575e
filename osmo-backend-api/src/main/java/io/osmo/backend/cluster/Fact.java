// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.cluster;

import java.util.Optional;
import java.util.function.Function;

/** A value that was read, or the reason why it could not be read. Checks never treat an unknown value as good. */
public sealed interface Fact<T> {
    /** A fact that was read. */
    record Known<T>(T value) implements Fact<T> {}

    /**
     * A fact that could not be read.
     *
     * @param reason why, for people; never a secret
     * @param remedy what to do next, as a sentence; empty if the reason suffices
     */
    record Unknown<T>(String reason, String remedy) implements Fact<T> {}

    static <T> Fact<T> of(T value) {
        return new Known<>(value);
    }

    static <T> Fact<T> unknown(String reason) {
        return unknown(reason, "");
    }

    static <T> Fact<T> unknown(String reason, String remedy) {
        return new Unknown<>(reason, remedy);
    }

    default Optional<T> known() {
        return this instanceof Known<T> known ? Optional.of(known.value()) : Optional.empty();
    }

    /** Applies a function to a known value; unknown with the same reason and remedy otherwise. */
    default <R> Fact<R> map(Function<? super T, ? extends R> function) {
        return flatMap(value -> Fact.<R>of(function.apply(value)));
    }

    /** Like {@link #map}, with a function that returns a fact. */
    default <R> Fact<R> flatMap(Function<? super T, Fact<R>> function) {
        if (this instanceof Known<T> known) {
            return function.apply(known.value());
        }
        Unknown<T> unread = (Unknown<T>) this;
        return unknown(unread.reason(), unread.remedy());
    }
}
