// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.compute;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.testkit.azure.Rest;
import io.osmo.backend.testkit.internal.azure.AzureTest;
import java.time.Duration;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class ComputeTest extends AzureTest {
    @Test
    void a_disk_encryption_set_needs_a_protected_vault_and_rights() {
        rest.made(IDENTITY, "{`location`:`eastus2`}");
        rest.made(VAULT, vault(""));
        String key =
                rest.made(VAULT + "/keys/k", "{`properties`:{`kty`:`RSA`}}").text("/properties/keyUriWithVersion");
        String set = GROUP + "/providers/Microsoft.Compute/diskEncryptionSets/d";
        String body = "{`location`:`eastus2`,`identity`:{`type`:`UserAssigned`,`userAssignedIdentities`:{`$sub/"
                + IDENTITY + "`:{}}},`properties`:{`activeKey`:{`keyUrl`:`" + key + "`}}}";

        refused(400, "KeyVaultPurgeProtectionNotEnabled", rest.put(set, body));
        rest.made(VAULT, vault(",`enablePurgeProtection`:true"));
        refused(403, "KeyVaultAccessForbidden", rest.put(set, body));
        rest.put(VAULT + ASSIGNMENT, assignment("e147488a-f6f5-4113-8e2d-b22465e65bf6", principal(), ""));
        refused(403, "KeyVaultAccessForbidden", rest.put(set, body));
        time.advance(Duration.ofMinutes(2));

        Rest.Reply begun = rest.put(set, body);
        assertThat(begun.status()).isEqualTo(202);
        assertThat(begun.header("Location")).isNotEmpty();
        time.advance(Duration.ofMinutes(1));
        assertThat(rest.get(set).text("/properties/provisioningState")).isEqualTo("Succeeded");
    }

    @Test
    void the_catalog_has_zones_and_usages_count_vcpus() {
        cluster();
        JsonNode skus = rest.get(
                        "providers/Microsoft.Compute/skus?$filter=location eq 'eastus2'&api-version=2021-07-01")
                .body()
                .path("value");
        JsonNode h100 = StreamSupport.stream(skus.spliterator(), false)
                .filter(s -> s.path("name").asText().equals("Standard_ND96isr_H100_v5"))
                .findFirst()
                .orElseThrow();
        assertThat(h100.at("/locationInfo/0/zones/0").asText()).isEqualTo("3");
        JsonNode usages = rest.get("providers/Microsoft.Compute/locations/eastus2/usages?api-version=2024-07-01")
                .body()
                .path("value");
        JsonNode family = StreamSupport.stream(usages.spliterator(), false)
                .filter(u -> u.at("/name/value").asText().equals("standardDSv5Family"))
                .findFirst()
                .orElseThrow();
        assertThat(family.path("currentValue").asInt()).isEqualTo(8);
    }
}
