// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.spec;

import io.osmo.backend.error.Violation;
import io.osmo.backend.spec.ProviderSettings;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spi.CloudProvider;
import java.util.List;
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
            List<String> known = ServiceLoader.load(CloudProvider.class).stream()
                    .map(each -> each.get().id())
                    .toList();
            problems.accept(new Violation(
                    "provider",
                    Optional.of(Requirement.CP_1.id()),
                    Problems.show(provider) + ", with settings",
                    "a provider on the class path",
                    "Correct it, add the provider's module, such as osmo-backend-aws, or leave the settings out."
                            + DidYouMean.among(provider, known)));
        }
        return found.flatMap(p -> p.readSettings(data, problems));
    }
}
