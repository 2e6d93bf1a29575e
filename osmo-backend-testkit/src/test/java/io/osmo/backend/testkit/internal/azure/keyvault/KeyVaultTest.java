// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.keyvault;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.testkit.azure.Rest;
import io.osmo.backend.testkit.internal.azure.AzureTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class KeyVaultTest extends AzureTest {
    @Test
    void deleted_vaults_keep_their_name_and_their_keys() {
        azure.takeVaultName("taken-kv");
        refused(409, "VaultAlreadyExists", rest.put(VAULT.replace("osmo-kv", "taken-kv"), vault("")));
        refused(400, "SoftDeletedVaultDoesNotExist", rest.put(VAULT, vault(",`createMode`:`recover`")));
        Rest.Reply begun = rest.put(VAULT, vault(",`enablePurgeProtection`:true"));
        assertThat(begun.text("/properties/provisioningState")).isEqualTo("RegisteringDns");
        refused(409, "VaultNotReady", rest.put(VAULT + "/keys/k", "{`properties`:{`kty`:`RSA`}}"));
        time.advance(Duration.ofMinutes(1));
        Rest.Reply key = rest.put(VAULT + "/keys/k", "{`properties`:{`kty`:`RSA`,`keySize`:3072}}");
        String version = key.text("/properties/keyUriWithVersion");
        assertThat(version).startsWith("https://osmo-kv.vault.azure.net/keys/k/");
        assertThat(rest.put(VAULT + "/keys/k", "{`properties`:{`kty`:`RSA`,`keySize`:4096}}")
                        .text("/properties/keySize"))
                .isEqualTo("3072");
        refused(405, "MethodNotAllowed", rest.delete(VAULT + "/keys/k"));
        refused(400, "BadRequest", rest.put(VAULT, vault(",`enablePurgeProtection`:false")));

        assertThat(rest.delete(VAULT).status()).isEqualTo(200);
        refused(409, "ConflictError", rest.put(VAULT, vault("")));
        String deleted = "providers/Microsoft.KeyVault/locations/eastus2/deletedVaults/osmo-kv";
        assertThat(rest.get(deleted).text("/properties/vaultId")).isEqualTo(rest.id(VAULT));
        refused(400, "MethodNotAllowed", rest.post(deleted + "/purge", ""));
        assertThat(azure.inventory()).contains("deletedVault osmo-kv");

        rest.made(VAULT, vault(",`createMode`:`recover`"));
        assertThat(rest.get(VAULT + "/keys/k").text("/properties/keyUriWithVersion"))
                .isEqualTo(version);
        rest.delete(VAULT);
        time.advance(Duration.ofDays(91));
        refused(404, "DeletedVaultNotFound", rest.get(deleted));
    }
}
