// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.spec;

import io.osmo.backend.error.Violation;
import io.osmo.backend.spec.ProviderSettings;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spi.CloudProvider;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/** Reads settings by the provider on the class path whose id the document names. */
public final class DiscoveredSettings implements ProviderSettings.Reader {
    @Override
    public Optional<ProviderSettings> read(String provider, Map<String, Object> data, Consumer<Violation> problems) {
        Optional<CloudProvider> found = ServiceLoader.load(CloudProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(p -> p.id().equals(provider))
                .findFirst();
        if (found.isEmpty()) {
            problems.accept(new Violation(
                    "settings",
                    Optional.of(Requirement.CP_1.id()),
                    "settings for " + Problems.show(provider),
                    "settings of a provider on the class path",
                    "Add the provider's module, such as osmo-backend-aws, or leave the settings out."));
        }
        return found.flatMap(p -> p.readSettings(data, problems));
    }
}
