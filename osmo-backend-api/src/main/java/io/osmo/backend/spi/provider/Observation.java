// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.spec.BackendSpec;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One observation of a backend while it is under way. Each reader runs once, whoever needs its reading first, so a reader can build
 * on another one without a second call. Safe for concurrent use.
 *
 * @param <C> one backend of one cloud
 */
public final class Observation<C extends ProviderContext> {
    private final C context;
    private final Optional<BackendSpec> spec;
    private final boolean survey;
    private final Map<Reader<C>, CompletableFuture<Reading>> readings = new ConcurrentHashMap<>();

    private Observation(C context, Optional<BackendSpec> spec, boolean survey) {
        this.context = context;
        this.spec = spec;
        this.survey = survey;
    }

    /** @param spec tells which existing things and which offers matter; without one only what is ours is read */
    public static <C extends ProviderContext> Observation<C> of(C context, Optional<BackendSpec> spec) {
        return new Observation<>(context, spec, false);
    }

    /** An observation for a preflight: what the cloud offers is read even if nothing has to be created. */
    public static <C extends ProviderContext> Observation<C> survey(C context, BackendSpec spec) {
        return new Observation<>(context, Optional.of(spec), true);
    }

    public C context() {
        return context;
    }

    public Optional<BackendSpec> spec() {
        return spec;
    }

    /** Whether what the cloud offers is of interest whatever exists. */
    public boolean isSurvey() {
        return survey;
    }

    /** The reading of a reader. Readers are told apart by identity. Two readers must not wait for each other. */
    public CompletableFuture<Reading> of(Reader<C> reader) {
        CompletableFuture<Reading> mine = new CompletableFuture<>();
        CompletableFuture<Reading> other = readings.putIfAbsent(reader, mine);
        if (other != null) {
            return other;
        }
        reader.read(this).whenComplete((reading, failure) -> {
            if (failure == null) {
                mine.complete(reading);
            } else {
                mine.completeExceptionally(Futures.cause(failure));
            }
        });
        return mine;
    }
}
