// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider.address;

import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.ProviderContext;
import io.osmo.backend.spi.provider.Survey;
import java.util.List;

/**
 * How a cloud assigns addresses to nodes and pods. Implementations are stateless and pure: they call no API.
 *
 * @param <C> one backend of one cloud
 */
public interface AddressSource<C extends ProviderContext> {
    /** The ranges that nodes and pods get their addresses from; empty if the network violates a rule. */
    List<AddressRange> ranges(Survey<C> survey, Inventory inventory);

    /**
     * The addresses that all pools need at their maximum, in addition to the nodes that already run. A need in a range that
     * {@link #ranges} does not return is ignored.
     */
    List<AddressNeed> needs(Survey<C> survey, Inventory inventory);

    /** What the user can do if a range is too small, as a sentence. */
    String remedy(Survey<C> survey);
}
