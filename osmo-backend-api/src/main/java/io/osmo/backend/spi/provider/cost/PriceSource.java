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
 * What a provider knows of prices. Stateless.
 *
 * @param <C> one backend of one cloud
 */
public interface PriceSource<C extends ProviderContext> {
    /** The price service, for people. */
    String name();

    /** Why the service cannot be asked about the region; by default it can. Pure. */
    default Optional<String> unavailable(C context) {
        return Optional.empty();
    }

    /**
     * What the service is asked for on behalf of a spec, so that the answer can wait for no other. Equal sets are asked once a day. Pure.
     */
    Set<String> codes(C context, BackendSpec spec);

    /** Reads prices by code, with calls that change nothing. A code without one price that is meant beyond doubt is left out. */
    CompletableFuture<PriceBook> read(C context, Set<String> codes);

    /**
     * What is billed. Pure.
     *
     * @param wanted the resources that the spec wants
     */
    List<Billed> billed(C context, BackendSpec spec, Inventory inventory, Set<ResourceId> wanted);
}
