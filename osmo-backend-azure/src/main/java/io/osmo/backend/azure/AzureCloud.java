// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure;

import com.azure.core.management.AzureEnvironment;

/** The clouds that Microsoft operates; each has its own endpoints and its own Microsoft Entra directory. */
public enum AzureCloud {
    PUBLIC(AzureEnvironment.AZURE),
    US_GOVERNMENT(AzureEnvironment.AZURE_US_GOVERNMENT),
    CHINA(AzureEnvironment.AZURE_CHINA);

    private final AzureEnvironment environment;

    AzureCloud(AzureEnvironment environment) {
        this.environment = environment;
    }

    AzureEnvironment environment() {
        return environment;
    }
}
