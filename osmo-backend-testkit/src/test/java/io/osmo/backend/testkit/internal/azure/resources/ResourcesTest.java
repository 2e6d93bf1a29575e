// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.resources;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.testkit.internal.azure.AzureTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ResourcesTest extends AzureTest {
    @Test
    void a_group_is_deleted_with_its_resources_unless_others_use_them() {
        network();
        rest.made("resourceGroups/other", "{`location`:`eastus2`}");
        rest.made(
                "resourceGroups/other/providers/Microsoft.Network/loadBalancers/l",
                "{`location`:`eastus2`,`sku`:{`name`:`Standard`},`properties`:{`frontendIPConfigurations`:[{`name`:`f`,"
                        + "`properties`:{`subnet`:{`id`:`$sub/" + SUBNET + "`}}}]}}");
        refused(400, "InUseSubnetCannotBeDeleted", rest.delete(GROUP));
        rest.gone("resourceGroups/other");

        assertThat(rest.delete(GROUP).header("Location")).isNotEmpty();
        assertThat(rest.get(GROUP).text("/properties/provisioningState")).isEqualTo("Deleting");
        refused(409, "ResourceGroupBeingDeleted", rest.put(NAT, "{`location`:`eastus2`,`sku`:{`name`:`Standard`}}"));
        time.advance(Duration.ofMinutes(5));

        assertThat(azure.inventory()).isEmpty();
        refused(404, "ResourceGroupNotFound", rest.delete(GROUP));
    }

    @Test
    void providers_have_to_be_registered() {
        reopen(azure -> azure.unregistered("Microsoft.DataProtection"));
        String vault = GROUP + "/providers/Microsoft.DataProtection/backupVaults/v";
        refused(409, "MissingSubscriptionRegistration", rest.get(vault));

        rest.post("providers/Microsoft.DataProtection/register?api-version=2025-04-01", "");
        assertThat(rest.get("providers/Microsoft.DataProtection?api-version=2025-04-01")
                        .text("/registrationState"))
                .isEqualTo("Registering");
        time.advance(Duration.ofMinutes(2));

        refused(404, "ResourceNotFound", rest.get(vault));
    }
}
