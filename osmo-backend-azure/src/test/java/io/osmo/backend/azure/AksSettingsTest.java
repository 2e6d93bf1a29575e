// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.management.AzureEnvironment;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.error.Violation;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AksSettingsTest {
    private final List<Violation> problems = new ArrayList<>();

    @Test
    void what_is_written_is_read_again() {
        AksSettings settings = AksSettings.builder()
                .subscription("11111111-2222-4333-8444-555555555555")
                .tenant("99999999-8888-4777-a666-555555555555")
                .cloud(AzureCloud.CHINA)
                .endpoint(URI.create("https://management.local.azurestack.external"))
                .tier(Tier.PREMIUM)
                .resourceGroup("shared")
                .nodeResourceGroup("nodes")
                .nodeOsSku("AzureLinux")
                .systemInstanceType("Standard_D8s_v5")
                .systemNodes(3)
                .gpuDriver(GpuDriver.AKS)
                .adminGroups("aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee")
                .localAccounts(true)
                .privateDnsZone("none")
                .capacityReservationGroup("/subscriptions/s/resourceGroups/g")
                .hostEncryption(false)
                .upgradeChannel("patch")
                .vaultRetentionDays(7)
                .build();

        assertThat(AksSettings.read(settings.toMap(), problems::add)).contains(settings);
        assertThat(problems).isEmpty();
        assertThat(settings.toMap()).hasSize(18);
        assertThat(AksSettings.defaults().toMap()).isEmpty();
    }

    @Test
    void everything_that_is_not_understood_is_told_with_its_path() {
        Map<String, Object> data = Map.of("tiers", "FREE", "systemNodes", "two", "cloud", "MOON");

        assertThat(AksSettings.read(data, problems::add)).isEmpty();

        assertThat(problems)
                .extracting(Violation::path)
                .containsExactlyInAnyOrder("settings.tiers", "settings.systemNodes", "settings.cloud");
    }

    @Test
    void settings_win_over_the_variable_and_an_endpoint_over_both() {
        AksSettings none = AksSettings.defaults();
        AksSettings china = AksSettings.builder().cloud(AzureCloud.CHINA).build();
        AksSettings stack = AksSettings.builder()
                .endpoint(URI.create("https://management.local.azurestack.external"))
                .build();

        assertThat(Environments.of(none, null).getResourceManagerEndpoint())
                .isEqualTo(AzureEnvironment.AZURE.getResourceManagerEndpoint());
        assertThat(Environments.of(none, "AzureUSGovernment").getResourceManagerEndpoint())
                .isEqualTo(AzureEnvironment.AZURE_US_GOVERNMENT.getResourceManagerEndpoint());
        assertThat(Environments.of(china, "AzureUSGovernment").getResourceManagerEndpoint())
                .isEqualTo(AzureEnvironment.AZURE_CHINA.getResourceManagerEndpoint());
        assertThat(Environments.of(stack, null).getResourceManagerEndpoint())
                .isEqualTo("https://management.local.azurestack.external");
    }

    @ParameterizedTest
    @CsvSource({
        "AzureCloud, https://management.azure.com/",
        "AzurePublicCloud, https://management.azure.com/",
        "AZURE_US_GOVERNMENT, https://management.usgovcloudapi.net/",
        "AzureChinaCloud, https://management.chinacloudapi.cn/"
    })
    void each_cloud_has_its_endpoints_and_its_own_directory(String name, String resourceManager) {
        AzureEnvironment environment = Environments.of(AksSettings.defaults(), name);

        assertThat(environment.getResourceManagerEndpoint()).isEqualTo(resourceManager);
        assertThat(environment.getActiveDirectoryEndpoint())
                .isEqualTo(
                        name.contains("China")
                                ? "https://login.chinacloudapi.cn/"
                                : name.contains("US")
                                        ? "https://login.microsoftonline.us/"
                                        : "https://login.microsoftonline.com/");
    }

    /** Never the public cloud instead, to whose directory credentials would be sent. */
    @Test
    void a_cloud_that_nobody_knows_is_an_error_that_says_what_to_set() {
        assertThatThrownBy(() -> Environments.of(AksSettings.defaults(), "AzureGermanCloud"))
                .isInstanceOfSatisfying(CloudException.class, e -> {
                    assertThat(e.error()).isEqualTo(CloudError.INVALID_REQUEST);
                    assertThat(e).hasMessageContaining("AzureGermanCloud");
                    assertThat(e.remedy()).contains("AzureUSGovernment", "settings.cloud");
                });

        AksSettings named = AksSettings.builder().cloud(AzureCloud.PUBLIC).build();
        assertThat(Environments.of(named, "AzureGermanCloud").getResourceManagerEndpoint())
                .isEqualTo(AzureEnvironment.AZURE.getResourceManagerEndpoint());
        assertThat(Environments.of(AksSettings.defaults(), " ").getResourceManagerEndpoint())
                .isEqualTo(AzureEnvironment.AZURE.getResourceManagerEndpoint());
    }
}
