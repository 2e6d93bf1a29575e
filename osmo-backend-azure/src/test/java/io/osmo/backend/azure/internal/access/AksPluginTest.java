// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.azure.AzureCloud;
import org.junit.jupiter.api.Test;

class AksPluginTest {
    @Test
    void kubelogin_asks_for_the_server_application_of_aks_in_cloud_and_tenant_of_the_settings() {
        assertThat(AksPlugin.of(AksSettings.builder().build()).arguments())
                .containsExactly(
                        "get-token",
                        "--login",
                        "azurecli",
                        "--server-id",
                        "6dae42f8-4368-4678-94ff-3960e28e3630",
                        "--environment",
                        "AzurePublicCloud");
        assertThat(AksPlugin.of(AksSettings.builder()
                                .cloud(AzureCloud.US_GOVERNMENT)
                                .tenant("t")
                                .build())
                        .arguments())
                .endsWith("--environment", "AzureUSGovernmentCloud", "--tenant-id", "t");
    }
}
