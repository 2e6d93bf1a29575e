// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.pool;

import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.catalog.Offers;
import io.osmo.backend.azure.internal.catalog.OsDisk;
import io.osmo.backend.azure.internal.cluster.PoolRequest;
import io.osmo.backend.azure.internal.cluster.SystemPool;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.cost.Billed;
import java.util.EnumSet;
import java.util.Set;

/** What the OS disks of nodes are: as AKS says of an agent pool that exists, else as the VM size lets AKS choose. */
public final class OsDisks {
    private OsDisks() {}

    /** Of a pool of the spec, and of what it may be instead if that is the same. */
    public static OsDisk of(AzureContext context, BackendSpec spec, NodePool pool, Inventory inventory) {
        Set<OsDisk> disks = EnumSet.noneOf(OsDisk.class);
        Billed.variants(pool)
                .forEach(variant ->
                        disks.add(of(context, spec, PoolRequest.of(variant, context.settings()), inventory)));
        return disks.size() == 1 ? disks.iterator().next() : OsDisk.UNKNOWN;
    }

    public static OsDisk ofSystemPool(AzureContext context, BackendSpec spec, Inventory inventory) {
        return of(context, spec, SystemPool.request(context.settings()), inventory);
    }

    private static OsDisk of(AzureContext context, BackendSpec spec, PoolRequest request, Inventory inventory) {
        return of(DesiredPool.of(context, spec, request, inventory), inventory);
    }

    static OsDisk of(DesiredPool desired, Inventory inventory) {
        String existing = inventory
                .find(desired.id(), ArmObject.class)
                .flatMap(pool -> pool.find("/properties/osDiskType"))
                .orElse("");
        return switch (existing) {
            case "Ephemeral" -> OsDisk.EPHEMERAL;
            case "Managed" -> OsDisk.MANAGED;
            default ->
                inventory
                        .attachment(Offers.class)
                        .flatMap(offers -> offers.size(desired.size()))
                        .map(size -> size.localDisks().osDisk(desired.request().diskGib()))
                        .orElse(OsDisk.UNKNOWN);
        };
    }
}
