// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.spec.BackendSpec;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Observes one part of a backend. All readers run at the same time, each with at most three calls one after another; calls
 * go through the scheduler, none blocks the thread that calls {@link #read}. Readers are constants or fields of their concern, so
 * that others can name them.
 *
 * @param <C> one backend of one cloud, and the way to call that cloud about it
 */
@FunctionalInterface
public interface Reader<C extends ProviderContext> {
    /** @param observation the backend, the spec if there is one, and the readings of other readers */
    CompletableFuture<Reading> read(Observation<C> observation);

    /**
     * What its calls need. Pure.
     *
     * @param spec empty when nothing but the name of the backend is known
     */
    default Needs needs(Optional<BackendSpec> spec) {
        return Needs.NONE;
    }
}
