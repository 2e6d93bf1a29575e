// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure;

import com.azure.core.management.AzureEnvironment;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Endpoints by settings and by the variable {@code AZURE_CLOUD}. */
final class Environments {
    private static final String RESOURCE_MANAGER = "resourceManagerEndpointUrl";

    private Environments() {}

    /**
     * Settings win over the variable, which holds the name that Azure CLI uses, such as {@code AzureUSGovernment}.
     *
     * @param named value of {@code AZURE_CLOUD}, if set
     */
    static AzureEnvironment of(AksSettings settings, @Nullable String named) {
        AzureCloud cloud = settings.cloud().or(() -> byName(named)).orElse(AzureCloud.PUBLIC);
        AzureEnvironment environment = cloud.environment();
        return settings.endpoint()
                .map(endpoint -> {
                    Map<String, String> endpoints = new HashMap<>(environment.getEndpoints());
                    endpoints.put(RESOURCE_MANAGER, endpoint.toString());
                    return new AzureEnvironment(endpoints);
                })
                .orElse(environment);
    }

    private static Optional<AzureCloud> byName(@Nullable String name) {
        if (name == null) {
            return Optional.empty();
        }
        return switch (name.toLowerCase(Locale.ROOT).replace("_", "")) {
            case "azureusgovernment", "azuregovernment", "usgovernment" -> Optional.of(AzureCloud.US_GOVERNMENT);
            case "azurechinacloud", "azurechina", "china" -> Optional.of(AzureCloud.CHINA);
            default -> Optional.of(AzureCloud.PUBLIC);
        };
    }
}
