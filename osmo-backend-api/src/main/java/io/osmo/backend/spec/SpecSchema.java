// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

import io.osmo.backend.internal.spec.PublishedSchemas;
import java.util.Optional;

/**
 * JSON Schema (draft 7) of the documents that {@link BackendSpec#fromYaml} and {@link BackendSpec#fromJson} read, for completion and
 * validation in editors. Rules that compare fields, such as that pool names are unique, are not part of the schema; reading a spec checks
 * them.
 */
public final class SpecSchema {
    private SpecSchema() {}

    /** The schema of a spec, with the settings of each provider on the class path. */
    public static String json() {
        return PublishedSchemas.ofSpec();
    }

    /**
     * The schema of what is under {@code settings}.
     *
     * @param provider id of the provider, such as {@code aws}
     * @return empty if no such provider is on the class path, or if it publishes no schema
     */
    public static Optional<String> settingsJson(String provider) {
        return PublishedSchemas.ofSettings(provider);
    }
}
