// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;

/**
 * Asks one cloud which actions the caller is allowed, without performing them.
 *
 * @param <C> one backend of that cloud
 */
public interface PermissionSource<C extends ProviderContext> {
    /** Fails with {@code CloudException} if the cloud does not answer that. */
    CompletableFuture<Grants> ask(Survey<C> survey, SortedSet<String> actions);

    /** What an administrator of the account should do with the printed policies or roles, as a part of a sentence. */
    String attach();
}
