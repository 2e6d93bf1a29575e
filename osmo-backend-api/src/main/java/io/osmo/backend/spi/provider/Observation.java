// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.spec.BackendSpec;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One observation of a backend. Each reader runs at most once, when its reading is first needed, so a reader can use the reading of
 * another one without a second call. Safe for concurrent use.
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

    /** @param spec decides which existing resources and offers are read; without one, only what the backend owns is read */
    public static <C extends ProviderContext> Observation<C> of(C context, Optional<BackendSpec> spec) {
        return new Observation<>(context, spec, false);
    }

    /** An observation for a preflight: it reads what the cloud offers even if nothing has to be created. */
    public static <C extends ProviderContext> Observation<C> survey(C context, BackendSpec spec) {
        return new Observation<>(context, Optional.of(spec), true);
    }

    public C context() {
        return context;
    }

    public Optional<BackendSpec> spec() {
        return spec;
    }

    /** Whether this observation is for a preflight, so that offers are read whatever exists. */
    public boolean survey() {
        return survey;
    }

    /** The reading of a reader. Readers are compared by identity. Two readers must not wait for each other. */
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
