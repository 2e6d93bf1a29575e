// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.backup;

import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.provider.Names;

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
    static String account(AzureContext context) {
        return "osmo" + Names.hash(DIGITS, context.subscription(), context.region(), context.name());
    }

    static String accountId(AzureContext context) {
        return context.id(ArmType.STORAGE_ACCOUNT, account(context));
    }

    static String containerId(AzureContext context) {
        return accountId(context) + "/blobServices/default/containers/" + CONTAINER_NAME;
    }

    static String vaultId(AzureContext context) {
        return context.id(ArmType.BACKUP_VAULT, context.name() + "-backup");
    }

    static String policyId(AzureContext context) {
        return vaultId(context) + "/backupPolicies/daily";
    }

    static String instanceId(AzureContext context) {
        return vaultId(context) + "/backupInstances/" + context.name();
    }

    static String extensionId(AzureContext context) {
        return context.clusterId() + "/providers/Microsoft.KubernetesConfiguration/extensions/azure-aks-backup";
    }

    static String trustId(AzureContext context) {
        return context.clusterId() + "/trustedAccessRoleBindings/backup";
    }
}
