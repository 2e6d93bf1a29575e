// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.sweep;

import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.catalog.Placement;
import io.osmo.backend.resource.Leftover;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.Concern;
import io.osmo.backend.spi.provider.Futures;
import io.osmo.backend.spi.provider.Needs;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** What the cluster's controllers leave behind. SweptObjects when the backend is destroyed. */
public final class SweepConcern implements Concern<GcpContext> {
    @Override
    public List<Needs> needs(Optional<BackendSpec> spec) {
        return List.of(Sweep.NEEDS);
    }

    @Override
    public List<Deletable<?>> arrange(GcpContext context, Inventory inventory, List<Deletable<?>> owned) {
        if (owned.isEmpty()) {
            return owned;
        }
        Optional<String> location = inventory.attachment(Placement.class).map(Placement::location);
        return Stream.concat(owned.stream(), sweeps(context, location).<Deletable<?>>map(sweep -> sweep))
                .toList();
    }

    @Override
    public CompletableFuture<List<Leftover>> leftovers(GcpContext context) {
        return Futures.flat(sweeps(context, Optional.empty())
                .map(sweep -> context.scheduler().call(sweep::leftovers))
                .toList());
    }

    private static Stream<Sweep> sweeps(GcpContext context, Optional<String> location) {
        return Stream.of(SweptKind.values()).map(kind -> new Sweep(context, location, kind));
    }
}
