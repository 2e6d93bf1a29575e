// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider.cost;

import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.ProviderContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Reads a cloud's prices and lists what a backend is billed for. Implementations are stateless.
 *
 * @param <C> one backend of one cloud
 */
public interface PriceSource<C extends ProviderContext> {
    /** Display name of the price service. */
    String name();

    /** Why the service has no prices for the region of the session; empty, the default, if it has. Pure. */
    default Optional<String> unavailable(C context) {
        return Optional.empty();
    }

    /**
     * The codes to read prices for. They depend on the spec only, so that prices can be read before or while the cloud is read. The prices
     * of equal sets are cached for 24 hours. Pure.
     */
    Set<String> codes(C context, BackendSpec spec);

    /**
     * Reads prices with read-only calls. A code is left out of the result if it has no price or if its price is ambiguous.
     *
     * @param codes result of {@link #codes}
     * @return fails if the service cannot be read; the estimate then reports the failure
     */
    CompletableFuture<PriceBook> read(C context, Set<String> codes);

    /**
     * The items that the backend is billed for. Pure.
     *
     * @param wanted ids of the resources that the spec describes
     */
    List<Billed> billed(C context, BackendSpec spec, Inventory inventory, Set<ResourceId> wanted);
}
