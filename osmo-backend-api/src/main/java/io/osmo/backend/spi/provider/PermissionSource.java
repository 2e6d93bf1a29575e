// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;

/**
 * Asks one cloud what its caller may do, without doing it.
 *
 * @param <C> one backend of that cloud
 */
public interface PermissionSource<C extends ProviderContext> {
    /** Fails with {@code CloudException} when the cloud does not tell. */
    CompletableFuture<Grants> ask(Survey<C> survey, SortedSet<String> actions);

    /** What to ask an administrator of the account to do with the policies or roles that are printed. */
    String attach();
}
