// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.cluster;

import java.util.Optional;
import java.util.function.Function;

/** Something that was read, or that could not be read and why. What is unknown is never taken for good. */
public sealed interface Fact<T> {
    /** A fact that was read. */
    record Known<T>(T value) implements Fact<T> {}

    /**
     * A fact that could not be read.
     *
     * @param reason why, for people; never a secret
     * @param remedy the next thing to do, as a sentence; empty when the reason says all
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

    /** What follows from this fact; unknown for the same reason, with the same remedy, when this is unknown. */
    default <R> Fact<R> map(Function<? super T, ? extends R> function) {
        return flatMap(value -> Fact.<R>of(function.apply(value)));
    }

    /** Like {@link #map} with a function that may itself not know. */
    default <R> Fact<R> flatMap(Function<? super T, Fact<R>> function) {
        if (this instanceof Known<T> known) {
            return function.apply(known.value());
        }
        Unknown<T> unread = (Unknown<T>) this;
        return unknown(unread.reason(), unread.remedy());
    }
}
