// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.sweep;

import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.resource.Leftover;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.Concern;
import io.osmo.backend.spi.provider.Needs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What AKS leaves behind, swept whenever something of the backend is deleted. */
public final class SweepConcern implements Concern<AzureContext> {
    @Override
    public List<Needs> needs(Optional<BackendSpec> spec) {
        return List.of(NodeResourceGroup.NEEDS);
    }

    @Override
    public List<Deletable<?>> arrange(AzureContext context, Inventory inventory, List<Deletable<?>> owned) {
        if (owned.isEmpty()) {
            return owned;
        }
        List<Deletable<?>> all = new ArrayList<>(owned);
        all.add(new NodeResourceGroup(context));
        return all;
    }

    @Override
    public CompletableFuture<List<Leftover>> leftovers(AzureContext context) {
        return NodeResourceGroup.leftovers(context);
    }
}
