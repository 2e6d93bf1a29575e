// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws;

import io.osmo.backend.spec.ProviderSettings;
import java.util.Map;

/** What only EKS has. */
public final class EksSettings implements ProviderSettings {
    private static final EksSettings DEFAULTS = new EksSettings();

    private EksSettings() {}

    public static EksSettings defaults() {
        return DEFAULTS;
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
