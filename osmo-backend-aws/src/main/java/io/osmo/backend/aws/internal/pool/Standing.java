// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.pool;

import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Something of a pool that stands, to be deleted; no wish is known. */
record Standing<O>(
        ResourceId id,
        Class<O> type,
        Set<ResourceId> after,
        Timing timing,
        Supplier<Optional<O>> reader,
        Function<O, Readiness> judge,
        Consumer<O> remover)
        implements Deletable<O> {
    @Override
    public Optional<O> read(State state) {
        return reader.get();
    }

    @Override
    public Readiness readiness(O observed) {
        return judge.apply(observed);
    }

    @Override
    public void delete(O observed, State state) {
        remover.accept(observed);
    }

    @Override
    public String describe() {
        return id.kind().replace('-', ' ') + " " + id.name();
    }
}
