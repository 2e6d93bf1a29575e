// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.error.Violation;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Inventory;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What the checks of one preflight share: the backend, its spec, and one observation of the cloud, made when a check first asks for
 * it. Safe for concurrent use.
 *
 * @param <C> one backend of one cloud
 */
public final class Survey<C extends ProviderContext> {
    private final C context;
    private final BackendSpec spec;
    private final ProviderGraph<C> graph;
    private final Observation<C> observation;
    private @Nullable CompletableFuture<Inventory> inventory;

    Survey(C context, BackendSpec spec, ProviderGraph<C> graph) {
        this.context = context;
        this.spec = spec;
        this.graph = graph;
        this.observation = Observation.survey(context, spec);
    }

    public C context() {
        return context;
    }

    public BackendSpec spec() {
        return spec;
    }

    /** The observation, for checks that need one reading only. */
    public Observation<C> observation() {
        return observation;
    }

    /** Everything that a plan would read in the cloud, and what the cloud offers. Read once. */
    public synchronized CompletableFuture<Inventory> inventory() {
        if (inventory == null) {
            inventory = graph.observe(observation).thenApply(Reading::toInventory);
        }
        return inventory;
    }

    /** What some readers find, so that a refusal of the others does not matter; what all find when none is named. */
    public CompletableFuture<Inventory> inventory(List<Reader<C>> readers) {
        return readers.isEmpty()
                ? inventory()
                : Reading.all(readers.stream().map(observation::of).toList()).thenApply(Reading::toInventory);
    }

    /** Violations that a plan would report after reading the cloud. */
    public CompletableFuture<List<Violation>> violations() {
        return inventory().thenApply(this::check);
    }

    /** Violations that a plan would report if this is all that the cloud has. Pure. */
    List<Violation> check(Inventory found) {
        return graph.check(spec, found);
    }
}
