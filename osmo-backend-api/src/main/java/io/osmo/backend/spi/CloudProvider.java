// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi;

import io.osmo.backend.error.Violation;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.ProviderSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A cloud, found by {@link java.util.ServiceLoader}. Stateless and cheap to create: no client is built before {@link #open}. */
public interface CloudProvider {
    /** Id that specs use, such as {@code aws}. */
    String id();

    /** Rules that need no cloud: names, known types, CIDR sizes. All violations, none twice with the spec's own rules. */
    List<Violation> validate(BackendSpec spec);

    /**
     * Reads this provider's settings from plain data; unknown keys and wrong types are reported, with paths that start with
     * {@code settings.}.
     */
    Optional<ProviderSettings> readSettings(Map<String, Object> data, Consumer<Violation> problems);

    /** Opens a session in one region; clients are created when first needed. */
    CloudSession open(String region, Optional<ProviderSettings> settings, Scheduler scheduler);
}
