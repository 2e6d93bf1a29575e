// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider.address;

import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.ProviderContext;
import io.osmo.backend.spi.provider.Survey;
import java.util.List;

/**
 * How a cloud spends addresses. Stateless and pure.
 *
 * @param <C> one backend of one cloud
 */
public interface AddressSource<C extends ProviderContext> {
    /** The ranges that nodes and pods get their addresses from; none while the network breaks rules. */
    List<AddressRange> ranges(Survey<C> survey, Inventory inventory);

    /** What all pools take of them at their maximum, beside what runs; ranges that {@link #ranges} does not name do not count. */
    List<AddressNeed> needs(Survey<C> survey, Inventory inventory);

    /** What to do about too small ranges. */
    String remedy(Survey<C> survey);
}
