// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.Configuration;
import org.junit.jupiter.api.Test;

class DefaultAzureClientsTest {
    private final Configuration environment =
            new Configuration().put(Configuration.PROPERTY_AZURE_TENANT_ID, "of-the-environment");

    @Test
    void a_tenant_that_is_named_wins_over_the_environment() {
        Configuration used = DefaultAzureClients.identity(
                environment, AksSettings.builder().tenant("of-the-settings").build());

        assertThat(used.get(Configuration.PROPERTY_AZURE_TENANT_ID)).isEqualTo("of-the-settings");
        assertThat(environment.get(Configuration.PROPERTY_AZURE_TENANT_ID)).isEqualTo("of-the-environment");
    }

    @Test
    void without_a_tenant_the_environment_counts() {
        assertThat(DefaultAzureClients.identity(environment, AksSettings.defaults()))
                .isSameAs(environment);
    }
}
