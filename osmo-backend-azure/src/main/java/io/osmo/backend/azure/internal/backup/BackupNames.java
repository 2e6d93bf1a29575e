// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.backup;

import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.Hashes;
import io.osmo.backend.resource.ResourceId;

/** Names and ids of what backs a cluster up. */
final class BackupNames {
    static final ResourceId STORAGE = ResourceId.of("storage-account", "backup");
    static final ResourceId CONTAINER = ResourceId.of("blob-container", "backup");
    static final ResourceId VAULT = ResourceId.of("backup-vault", "backend");
    static final ResourceId POLICY = ResourceId.of("backup-policy", "daily");
    static final ResourceId EXTENSION = ResourceId.of("backup-extension", "backend");
    static final ResourceId TRUST = ResourceId.of("trusted-access", "backup");
    static final ResourceId INSTANCE = ResourceId.of("backup-instance", "backend");

    static final String CONTAINER_NAME = "backup";

    private static final int DIGITS = 18;

    private BackupNames() {}

    /** Names of storage accounts are global: 3 to 24 lowercase letters and digits. */
    static String account(AzureContext azure) {
        return "osmo" + Hashes.hash(DIGITS, azure.subscription(), azure.region(), azure.name());
    }

    static String accountId(AzureContext azure) {
        return azure.id(ArmType.STORAGE_ACCOUNT, account(azure));
    }

    static String containerId(AzureContext azure) {
        return accountId(azure) + "/blobServices/default/containers/" + CONTAINER_NAME;
    }

    static String vaultId(AzureContext azure) {
        return azure.id(ArmType.BACKUP_VAULT, azure.name() + "-backup");
    }

    static String policyId(AzureContext azure) {
        return vaultId(azure) + "/backupPolicies/daily";
    }

    static String instanceId(AzureContext azure) {
        return vaultId(azure) + "/backupInstances/" + azure.name();
    }

    static String extensionId(AzureContext azure) {
        return azure.clusterId() + "/providers/Microsoft.KubernetesConfiguration/extensions/azure-aks-backup";
    }

    static String trustId(AzureContext azure) {
        return azure.clusterId() + "/trustedAccessRoleBindings/backup";
    }
}
