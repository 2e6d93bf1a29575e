// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

/**
 * Typed settings that only one cloud has; each provider module brings one immutable type. The spec that a host writes is
 * portable as long as it holds none.
 */
public interface ProviderSettings {
    /** Id of the provider that understands these settings. */
    String provider();

    /** These settings as plain maps, lists, strings, numbers and booleans: what stands under {@code settings:} in YAML. */
    java.util.Map<String, Object> toMap();
}
