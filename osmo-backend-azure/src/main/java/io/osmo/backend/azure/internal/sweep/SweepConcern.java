// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.sweep;

import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.plan.Guard;
import io.osmo.backend.resource.Leftover;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.Concern;
import io.osmo.backend.spi.provider.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** What AKS leaves behind, swept when the backend is deleted; and what others have put where a deletion would take it. */
public final class SweepConcern implements Concern<AzureContext> {
    @Override
    public List<Reader<AzureContext>> readers() {
        return List.of(ForeignReader.INSTANCE);
    }

    @Override
    public List<Guard> guards(AzureContext context, Inventory inventory, Set<ResourceId> removed) {
        return ForeignGuards.of(context, inventory, removed);
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
