// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.sweep;

import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.group.DeletionLocks;
import io.osmo.backend.azure.internal.group.GroupConcern;
import io.osmo.backend.resource.Leftover;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.Concern;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** What AKS leaves behind, swept whenever something of the backend is deleted; and the locks that forbid it, found first. */
public final class SweepConcern implements Concern<AzureContext> {
    @Override
    public List<Deletable<?>> arrange(AzureContext context, Inventory inventory, List<Deletable<?>> owned) {
        if (owned.isEmpty()) {
            return owned;
        }
        List<Deletable<?>> all = new ArrayList<>(owned);
        all.add(new NodeResourceGroup(context));
        if (!GroupConcern.locks(inventory).isEmpty()) {
            all.add(new DeletionLocks(context, all.stream().map(Deletable::id).collect(Collectors.toSet())));
        }
        return all;
    }

    @Override
    public CompletableFuture<List<Leftover>> leftovers(AzureContext context) {
        return NodeResourceGroup.leftovers(context);
    }
}
