// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.spi.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Caches what a cloud offers in a region, for an hour unless the caller says otherwise: types, zones and versions change with the cloud's
 * releases, not with changes of a backend. Failures are not cached. Safe for concurrent use.
 */
public final class SessionCache {
    /** The usual age of an answer. */
    public static final Duration AGE = Duration.ofHours(1);

    private final Scheduler scheduler;
    private final Map<Object, Answer> answers = new ConcurrentHashMap<>();

    public SessionCache(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    private record Answer(CompletableFuture<?> value, Instant at) {}

    /**
     * @param question the cache key; equal keys must have equal answers
     * @param type type of the answer
     * @param ask reads the answer if it is not cached
     */
    public <T> CompletableFuture<T> get(
            Object question, Class<? super T> type, Supplier<CompletableFuture<? extends T>> ask) {
        return get(question, type, AGE, ask);
    }

    /**
     * Like {@link #get(Object, Class, Supplier)}, with another maximum age.
     *
     * @param age maximum age of a cached answer
     */
    public <T> CompletableFuture<T> get(
            Object question, Class<? super T> type, Duration age, Supplier<CompletableFuture<? extends T>> ask) {
        return get(question, type, age, answer -> true, ask);
    }

    /**
     * Like {@link #get(Object, Class, Duration, Supplier)}, for services that answer with nothing while they are switched off.
     *
     * @param keep whether an answer is cached; otherwise the next caller asks again
     */
    public <T> CompletableFuture<T> get(
            Object question,
            Class<? super T> type,
            Duration age,
            Predicate<? super T> keep,
            Supplier<CompletableFuture<? extends T>> ask) {
        Answer known = answers.get(question);
        Instant now = scheduler.now();
        if (known == null
                || known.value().isCompletedExceptionally()
                || known.at().plus(age).isBefore(now)) {
            known = new Answer(ask.get(), now);
            answers.put(question, known);
        }
        Answer asked = known;
        return asked.value().thenApply(value -> {
            @SuppressWarnings("unchecked")
            T answer = (T) type.cast(value);
            if (!keep.test(answer)) {
                answers.remove(question, asked);
            }
            return answer;
        });
    }
}
