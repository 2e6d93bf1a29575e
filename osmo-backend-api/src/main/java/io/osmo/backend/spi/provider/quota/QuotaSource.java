// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider.quota;

import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.ProviderContext;
import io.osmo.backend.spi.provider.Survey;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * What a provider knows of quotas. Stateless.
 *
 * @param <C> one backend of one cloud
 * @param <B> the quotas as they were read
 */
public interface QuotaSource<C extends ProviderContext, B extends QuotaBook> {
    /** Reads limits and what is used of them. What may not be read is unknown, not a failure. */
    CompletableFuture<B> read(C context);

    /**
     * Machines that are still to come, for all pools that the survey is about, at their maximum; those that an upgrade adds for a while
     * are among them. Pure.
     */
    List<MachineNeed> machines(Survey<C> survey, Inventory inventory, B book);

    /** What a resource takes of quotas when it is created, machines aside, by code; empty when it counts to none. Pure. */
    Map<String, Long> objects(ResourceId created, Survey<C> survey);

    /** Types that the region sells and that may stand in for one, itself included or not. Asked only when a quota does not suffice. */
    CompletableFuture<List<SoldMachine>> candidates(C context, Inventory inventory, SoldMachine wanted, B book);
}
