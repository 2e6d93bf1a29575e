// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.spec.BackendSpec;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Reads one part of a backend. All readers run concurrently, each with at most three sequential calls. Calls run on the scheduler, so
 * {@link #read} does not block. Readers are constants or fields of their concern, so that other readers can refer to them.
 *
 * @param <C> one backend of one cloud, and the way to call that cloud about it
 */
@FunctionalInterface
public interface Reader<C extends ProviderContext> {
    /** @param observation gives access to the backend, the spec if there is one, and the readings of other readers */
    CompletableFuture<Reading> read(Observation<C> observation);

    /**
     * The permissions that its calls need. Pure.
     *
     * @param spec empty if only the reference of the backend is known
     */
    default Needs needs(Optional<BackendSpec> spec) {
        return Needs.NONE;
    }
}
