// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

import io.osmo.backend.error.Violation;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Typed settings that only one provider has; each provider module has one immutable type. A spec without such settings is
 * portable between clouds.
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

    /** Reads settings from what is under {@code settings:} in a document. */
    @FunctionalInterface
    interface Reader {
        /**
         * Reads the settings of one provider from plain data.
         *
         * @param provider id of the provider that the document names
         * @param problems receives all violations, with paths that start with {@code settings}
         * @return empty if there was a violation
         */
        Optional<ProviderSettings> read(String provider, Map<String, Object> data, Consumer<Violation> problems);
    }
}
