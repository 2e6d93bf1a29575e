// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.support;

import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.provider.Reading;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Observes one part of a backend. All readers run at the same time, each with at most three calls one after another; calls
 * go through the scheduler, none blocks the thread that calls {@link #read}.
 *
 * @param <C> one backend of one cloud, and the way to call that cloud about it
 */
@FunctionalInterface
public interface Reader<C> {
    /**
     * @param spec tells which existing things and which offers are of interest; without one only what is ours is read
     */
    CompletableFuture<Reading> read(C context, Optional<BackendSpec> spec);
}
