// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.containerservice;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.testkit.internal.azure.arm.ArmError;
import io.osmo.backend.testkit.internal.azure.arm.Resource;
import io.osmo.backend.testkit.internal.azure.arm.Write;
import io.osmo.backend.testkit.internal.azure.authorization.RoleAssignments;
import io.osmo.backend.testkit.internal.azure.compute.DiskEncryptionSets;
import io.osmo.backend.testkit.internal.azure.keyvault.Vaults;
import io.osmo.backend.testkit.internal.azure.managedidentity.ResourceIdentities;

/** What AKS refuses about the encryption of disks and of secrets. */
final class ClusterEncryptionRules {
    private final DiskEncryptionSets sets;
    private final Vaults vaults;
    private final ResourceIdentities identities;
    private final RoleAssignments roles;

    ClusterEncryptionRules(
            DiskEncryptionSets sets, Vaults vaults, ResourceIdentities identities, RoleAssignments roles) {
        this.sets = sets;
        this.vaults = vaults;
        this.identities = identities;
        this.roles = roles;
    }

    void check(Write write) {
        String set = write.properties().path("diskEncryptionSetID").asText("");
        if (!set.isEmpty()) {
            checkDisks(write, set);
        }
        JsonNode kms = write.properties().at("/securityProfile/azureKeyVaultKms");
        if (kms.path("enabled").asBoolean()) {
            checkSecrets(write, kms);
        }
    }

    private void checkDisks(Write write, String set) {
        Resource found = sets.find(set)
                .orElseThrow(() -> ArmError.badRequest(
                        "DiskEncryptionSetNotFound", "The disk encryption set " + set + " was not found."));
        if (write.creates() && !sets.isUsable(found)) {
            throw ArmError.badRequest(
                    "KeyVaultAccessForbidden",
                    "Unable to access key vault resource of disk encryption set '" + set
                            + "' to enable encryption at rest. Please grant get, wrap and unwrap key permissions to"
                            + " its identity. Please visit https://aka.ms/keyvaultaccessssecmk for more information.");
        }
    }

    private void checkSecrets(Write write, JsonNode kms) {
        String uri = kms.path("keyId").asText("");
        Resource vault = vaults.byUri(uri)
                .orElseThrow(() -> ArmError.badRequest(
                        "AzureKeyVaultKmsInvalidKey", "The key vault of the key '" + uri + "' was not found."));
        if (!Vaults.isVersioned(uri, vault) || vaults.keyByUri(uri).isEmpty()) {
            throw ArmError.badRequest(
                    "AzureKeyVaultKmsInvalidKey", "The key '" + uri + "' was not found; its id must hold a version.");
        }
        if (kms.path("keyVaultNetworkAccess").asText("Public").equals("Private")
                && !kms.hasNonNull("keyVaultResourceId")) {
            throw AksErrors.bad("KeyVault resource ID is empty when KeyVault network access is Private.");
        }
        if (!Vaults.isPublic(vault)) {
            throw AksErrors.bad("The key vault " + vault.name() + " must allow access from all networks when KeyVault"
                    + " network access is Public.");
        }
        String principal = identities.principal(write.body()).orElse("");
        if (!mayEncrypt(principal, vault)) {
            throw ArmError.badRequest(
                    "AzureKeyVaultKmsValidateIdentityPermissionCustomerError",
                    "The identity does not have keys encrypt/decrypt permission on key vault \""
                            + vault.text("vaultUri").replaceAll("/$", "") + "\"");
        }
    }

    private boolean mayEncrypt(String principal, Resource vault) {
        if (!Vaults.decidesByRoles(vault)) {
            return Vaults.policyAllows(vault, principal, "encrypt", "decrypt");
        }
        return roles.allowsData(principal, "Microsoft.KeyVault/vaults/keys/encrypt/action", vault.id.text())
                && roles.allowsData(principal, "Microsoft.KeyVault/vaults/keys/decrypt/action", vault.id.text());
    }
}
