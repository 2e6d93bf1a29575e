// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.plan.PreflightFinding;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Adds to the findings of a preflight what only all of them together tell. Stateless.
 *
 * @param <C> one backend of one cloud
 */
@FunctionalInterface
public interface Completion<C extends ProviderContext> {
    /** The same findings in the same order, some with more to say. With a {@code CloudException} they stay as they are. */
    CompletableFuture<List<PreflightFinding>> complete(Survey<C> survey, List<PreflightFinding> findings);
}
