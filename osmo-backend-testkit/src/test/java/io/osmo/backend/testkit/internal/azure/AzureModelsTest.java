// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmo.backend.testkit.azure.ArmRequest;
import io.osmo.backend.testkit.azure.ArmResponse;
import io.osmo.backend.testkit.azure.Models;
import io.osmo.backend.testkit.fault.Call;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AzureModelsTest {
    private static Call call(String operation, String version, String body) {
        String name = operation.endsWith("agentPools") ? "cpu" : "a-name";
        String method = operation.substring(0, operation.indexOf(' '));
        ArmRequest request = new ArmRequest(
                method,
                "https://management.azure.com",
                "/x/" + name,
                Map.of("api-version", version),
                Map.of(),
                body.replace('`', '"'));
        return new Call(1, Instant.EPOCH, operation, method.equals("GET"), request);
    }

    static Stream<Arguments> planted_violations() {
        return Stream.of(
                Arguments.of(
                        "unknown member",
                        "PUT Microsoft.Network/natGateways",
                        "2025-03-01",
                        "{`properties`:{`color`:1}}",
                        ".properties.color is not in the description"),
                Arguments.of(
                        "read-only member",
                        "PUT Microsoft.Network/natGateways",
                        "2025-03-01",
                        "{`properties`:{`subnets`:[]}}",
                        ".properties.subnets is read-only"),
                Arguments.of(
                        "required member missing",
                        "PUT Microsoft.KeyVault/vaults",
                        "2024-11-01",
                        "{`location`:`eastus2`,`properties`:{`sku`:{`family`:`A`,`name`:`standard`}}}",
                        ".properties.tenantId is required"),
                Arguments.of(
                        "pattern broken",
                        "PUT Microsoft.ContainerService/managedClusters",
                        "2025-09-01",
                        "{`location`:`l`,`properties`:{`agentPoolProfiles`:[{`name`:`Not_A_Name`}]}}",
                        ".properties.agentPoolProfiles[0].name 'Not_A_Name' does not match"),
                Arguments.of(
                        "closed enum",
                        "PUT Microsoft.KeyVault/vaults",
                        "2024-11-01",
                        "{`location`:`l`,`properties`:{`tenantId`:`99999999-8888-4777-a666-555555555555`,"
                                + "`sku`:{`family`:`A`,`name`:`gold`}}}",
                        ".properties.sku.name is \"gold\", which is not among"),
                Arguments.of(
                        "text too short",
                        "PUT Microsoft.KeyVault/vaults",
                        "2024-11-01",
                        "{`location`:`l`,`properties`:{`tenantId`:`9`,`sku`:{`family`:`A`,`name`:`standard`}}}",
                        ".properties.tenantId has 1 characters, at least 36"),
                Arguments.of(
                        "number out of range",
                        "PUT Microsoft.ContainerService/managedClusters/agentPools",
                        "2025-09-01",
                        "{`properties`:{`osDiskSizeGB`:4096}}",
                        ".properties.osDiskSizeGB is 4096, at most 2048"),
                Arguments.of(
                        "wrong kind of value",
                        "PUT Microsoft.ContainerService/managedClusters/agentPools",
                        "2025-09-01",
                        "{`properties`:{`count`:`two`}}",
                        ".properties.count is \"two\", a number is expected"),
                Arguments.of(
                        "unknown discriminator",
                        "PUT Microsoft.DataProtection/backupVaults/backupPolicies",
                        "2025-07-01",
                        "{`properties`:{`objectType`:`Bogus`,`datasourceTypes`:[]}}",
                        ".properties.objectType is 'Bogus'"),
                Arguments.of(
                        "no such version",
                        "PUT Microsoft.Network/natGateways",
                        "1999-01-01",
                        "{}",
                        "there is no description of Microsoft.Network/natGateways@1999-01-01"),
                Arguments.of(
                        "unknown member of a patch",
                        "PATCH Microsoft.Network/natGateways",
                        "2025-03-01",
                        "{`color`:1}",
                        ".color is not in the description"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("planted_violations")
    void a_planted_violation_is_refused(String kind, String operation, String version, String body, String expected) {
        AzureModels models = Models.load();

        assertThatThrownBy(() -> models.request(call(operation, version, body)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(expected);
        assertThat(models.violations()).hasSize(1);
    }

    @Test
    void an_answer_that_breaks_its_description_is_refused() {
        AzureModels models = Models.load();
        Call get = call("GET Microsoft.KeyVault/vaults", "2024-11-01", "");

        ArmResponse response =
                new ArmResponse(200, Map.of(), "{\"location\":\"l\",\"properties\":{\"createMode\":\"recover\"}}");

        assertThatThrownBy(() -> models.response(get, response))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(".properties.createMode is write-only")
                .hasMessageContaining(".properties.sku is required");
    }

    @Test
    void a_good_request_passes() {
        AzureModels models = Models.load();

        models.request(call("PATCH Microsoft.KeyVault/vaults", "2024-11-01", "{`tags`:{`a`:`b`}}"));
        models.request(call("PUT Microsoft.Network/natGateways", "2025-03-01", "{`sku`:{`name`:`Standard`}}"));

        assertThat(models.violations()).isEmpty();
    }
}
