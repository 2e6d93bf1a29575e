// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure;

import com.azure.core.management.AzureEnvironment;
import com.azure.core.util.Configuration;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Determines the endpoints from the settings and the variable {@code AZURE_CLOUD}. */
final class Environments {
    private static final String RESOURCE_MANAGER = "resourceManagerEndpointUrl";

    private Environments() {}

    /**
     * Settings take precedence over the variable, which has the name that the Azure CLI uses, such as {@code AzureUSGovernment}.
     *
     * @param named value of {@code AZURE_CLOUD}, if set
     * @throws CloudException if the variable does not name a known cloud and the settings name none
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
        if (name == null || name.isBlank()) {
            return Optional.empty();
        }
        return Optional.of(
                switch (name.strip().toLowerCase(Locale.ROOT).replace("_", "")) {
                    case "azurecloud", "azurepubliccloud", "azurepublic", "public" -> AzureCloud.PUBLIC;
                    case "azureusgovernment", "azureusgovernmentcloud", "azuregovernment", "usgovernment" ->
                        AzureCloud.US_GOVERNMENT;
                    case "azurechinacloud", "azurechina", "china" -> AzureCloud.CHINA;
                    // Do not fall back to the public cloud: credentials would be sent to the wrong directory.
                    default ->
                        throw CloudException.builder(CloudError.INVALID_REQUEST, Configuration.PROPERTY_AZURE_CLOUD)
                                .code("unknown cloud")
                                .message("AZURE_CLOUD is '" + name + "', which is no cloud of Microsoft")
                                .remedy(
                                        "Set it to AzureCloud, AzureUSGovernment or AzureChinaCloud, or set settings.cloud,"
                                                + " which wins over it.")
                                .build();
                });
    }
}
