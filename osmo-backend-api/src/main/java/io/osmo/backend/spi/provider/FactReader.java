// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.cluster.Fact;
import java.util.concurrent.CompletableFuture;

/**
 * Reads one kind of facts about a backend's cluster. Calls run on the scheduler; what the cloud refuses is unknown.
 *
 * @param <S> answers of the cloud that several readers use; each is requested once
 * @param <T> the facts
 */
@FunctionalInterface
public interface FactReader<S, T> {
    CompletableFuture<Fact<T>> read(S source);
}
