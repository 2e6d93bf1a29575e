// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.dataprotection;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.testkit.azure.Rest;
import io.osmo.backend.testkit.internal.azure.AzureTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DataProtectionTest extends AzureTest {
    @Test
    void a_backup_needs_extension_trust_and_rights() {
        cluster();
        String vault = GROUP + "/providers/Microsoft.DataProtection/backupVaults/bv";
        rest.made(
                vault,
                "{`location`:`eastus2`,`identity`:{`type`:`SystemAssigned`},`properties`:{`storageSettings`:[{`datastoreType`:"
                        + "`VaultStore`,`type`:`LocallyRedundant`}]}}");
        String principal = rest.get(vault).text("/identity/principalId");
        String policy = vault + "/backupPolicies/daily";
        rest.made(
                policy,
                "{`properties`:{`objectType`:`BackupPolicy`,`datasourceTypes`:[`Microsoft.ContainerService/managedClusters`],"
                        + "`policyRules`:[{`objectType`:`AzureRetentionRule`,`name`:`Default`,`isDefault`:true,`lifecycles`:[{"
                        + "`deleteAfter`:{`objectType`:`AbsoluteDeleteOption`,`duration`:`P7D`},`sourceDataStore`:{"
                        + "`dataStoreType`:`OperationalStore`,`objectType`:`DataStoreInfoBase`}}]}]}}");
        String instance = vault + "/backupInstances/c";
        String body = "{`properties`:{`objectType`:`BackupInstance`,`dataSourceInfo`:{`resourceID`:`$sub/" + CLUSTER
                + "`,`datasourceType`:`Microsoft.ContainerService/managedClusters`},`policyInfo`:{`policyId`:`$sub/"
                + policy
                + "`,`policyParameters`:{`dataStoreParametersList`:[{`objectType`:`AzureOperationalStoreParameters`,"
                + "`dataStoreType`:`OperationalStore`,`resourceGroupId`:`$sub/" + GROUP + "`}]}}}}";
        assertFails(instance, body, "UserErrorKubernetesBackupExtensionNotInstalled");
        rest.made(
                CLUSTER + "/providers/Microsoft.KubernetesConfiguration/extensions/azure-aks-backup",
                "{`properties`:{`extensionType`:`microsoft.dataprotection.kubernetes`,`releaseTrain`:`stable`,"
                        + "`configurationSettings`:{`a`:`b`}}}");
        assertThat(azure.cluster("g", "c")
                        .has("Deployment", "dataprotection-microsoft", "dataprotection-microsoft-controller"))
                .isTrue();
        assertFails(instance, body, "UserErrorTrustedAccessNotConfigured");
        String trust = CLUSTER + "/trustedAccessRoleBindings/backup";
        refused(
                400,
                "InvalidParameter",
                rest.put(trust, "{`properties`:{`sourceResourceId`:`$sub/" + vault + "`,`roles`:[`bogus`]}}"));
        rest.made(
                trust,
                "{`properties`:{`sourceResourceId`:`$sub/" + vault
                        + "`,`roles`:[`Microsoft.DataProtection/backupVaults/backup-operator`]}}");
        assertFails(instance, body, "UserErrorMissingRequiredPermissions");
        rest.put(GROUP + ASSIGNMENT, assignment("acdd72a7-3385-48ef-bd42-f606fba81ae7", principal, ""));
        rest.put(
                GROUP + ASSIGNMENT.replace("aaaaaaaa", "aaaaaaab"),
                assignment("b24988ac-6180-42a0-ab88-20f7382dd24c", principal(), ""));
        time.advance(Duration.ofMinutes(2));

        rest.made(instance, body);
        assertThat(rest.get(instance).text("/properties/currentProtectionState"))
                .isEqualTo("ProtectionConfigured");
        refused(400, "BMSUserErrorVaultNotEmpty", rest.delete(vault));
        refused(400, "UserErrorBackupPolicyInUse", rest.delete(policy));
        rest.gone(instance);
        rest.gone(policy);
        rest.gone(vault);
    }

    private void assertFails(String path, String body, String code) {
        Rest.Reply begun = rest.put(path, body);
        assertThat(begun.status()).as(begun.body().toString()).isIn(200, 201);
        time.advance(Duration.ofMinutes(2));
        assertThat(rest.get(begun.header("Azure-AsyncOperation")).code()).isEqualTo(code);
    }
}
