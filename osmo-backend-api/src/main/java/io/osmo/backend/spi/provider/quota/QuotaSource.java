// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider.quota;

import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.ProviderContext;
import io.osmo.backend.spi.provider.Survey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Reads a cloud's quotas and says what a backend uses of them. Implementations are stateless.
 *
 * @param <C> one backend of one cloud
 * @param <B> the quotas as they were read
 */
public interface QuotaSource<C extends ProviderContext, B extends QuotaBook> {
    /** Reads limits and usage. A quota that the caller is not allowed to read is unknown and does not fail the result. */
    CompletableFuture<B> read(C context);

    /** Like {@link #read}, once for all checks of a preflight. */
    default CompletableFuture<B> once(Survey<C> survey) {
        return survey.once(getClass(), () -> read(survey.context()));
    }

    /**
     * The machines that the pools of the survey can still add until they are at their maximum, including those that an upgrade adds
     * temporarily. Pure.
     */
    List<MachineNeed> machines(Survey<C> survey, Inventory inventory, B book);

    /** What creating a resource uses of quotas, not counting machines; amounts by quota code, empty if it uses none. Pure. */
    Map<String, Long> objects(ResourceId created, Survey<C> survey);

    /** The preferred machine type of a pool; empty if the region does not know it. Pure. */
    Optional<SoldMachine> sold(NodePool pool, Inventory inventory, B book);

    /**
     * Machine types of the region that might replace one, of the same processor architecture; may include that type itself. Called only if
     * a quota is exceeded or a type is not sold. If the result fails, no other types are suggested.
     */
    CompletableFuture<Candidates> candidates(C context, Inventory inventory, SoldMachine wanted, B book);
}
