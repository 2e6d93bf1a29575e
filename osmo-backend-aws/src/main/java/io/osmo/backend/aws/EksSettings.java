// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws;

import io.osmo.backend.error.Violation;
import io.osmo.backend.spec.ProviderSettings;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What only EKS has. */
public final class EksSettings implements ProviderSettings {
    private static final EksSettings DEFAULTS = new EksSettings();

    private EksSettings() {}

    public static EksSettings defaults() {
        return DEFAULTS;
    }

    /** Reads what stands under {@code settings:}; unknown keys and wrong types are reported. */
    static Optional<EksSettings> read(Map<String, Object> data, Consumer<Violation> problems) {
        data.forEach((key, value) -> problems.accept(new Violation(
                "settings." + key, Optional.empty(), String.valueOf(value), "no settings so far", "Remove it.")));
        return data.isEmpty() ? Optional.of(DEFAULTS) : Optional.empty();
    }

    @Override
    public String provider() {
        return "aws";
    }

    @Override
    public Map<String, Object> toMap() {
        return Map.of();
    }
}
