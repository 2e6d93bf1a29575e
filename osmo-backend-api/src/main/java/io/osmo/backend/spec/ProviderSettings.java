// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

import io.osmo.backend.error.Violation;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Typed settings that only one cloud has; each provider module brings one immutable type. The spec that a host writes is
 * portable as long as it holds none.
 */
public interface ProviderSettings {
    /** Id of the provider that understands these settings. */
    String provider();

    /** These settings as plain maps, lists, strings, numbers and booleans: what is under {@code settings:} in YAML. */
    Map<String, Object> toMap();

    /** The given settings if they are those of the same provider as the defaults, or else the defaults; validation refuses others. */
    @SuppressWarnings("unchecked")
    static <S extends ProviderSettings> S ofType(Optional<ProviderSettings> given, S defaults) {
        Class<S> type = (Class<S>) defaults.getClass();
        return given.filter(type::isInstance).map(type::cast).orElse(defaults);
    }

    /** Makes settings of what is under {@code settings:} in a document. */
    @FunctionalInterface
    interface Reader {
        /**
         * Reads the settings of one provider from plain data.
         *
         * @param provider id of the provider that the document names
         * @param problems takes everything that is wrong, with paths that start with {@code settings}
         * @return empty when there was a problem
         */
        Optional<ProviderSettings> read(String provider, Map<String, Object> data, Consumer<Violation> problems);
    }
}
