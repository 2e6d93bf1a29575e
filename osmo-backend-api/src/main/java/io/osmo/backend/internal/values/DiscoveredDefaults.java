// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.values;

import io.osmo.backend.spi.CloudProvider;
import io.osmo.backend.spi.ServiceDefaults;
import java.util.Optional;
import java.util.ServiceLoader;

/** What the managed service of a provider on the class path does by default, for values that are derived without an entry point. */
public final class DiscoveredDefaults {
    private DiscoveredDefaults() {}

    /** @return empty when the provider is not on the class path */
    public static Optional<ServiceDefaults> of(String provider) {
        return ServiceLoader.load(CloudProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.id().equals(provider))
                .findFirst()
                .map(CloudProvider::defaults);
    }
}
