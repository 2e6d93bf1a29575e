// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.backup;

import io.osmo.backend.testkit.internal.Page;
import io.osmo.backend.testkit.internal.aws.AwsErrors;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.backup.model.*;

/** Backup vaults. */
final class BackupVaults {
    private final Backup backup;

    BackupVaults(Backup backup) {
        this.backup = backup;
    }

    CreateBackupVaultResponse createBackupVault(CreateBackupVaultRequest r) {
        if (backup.vaults.has(r.backupVaultName())) {
            throw Backup.exists("Backup vault with the same name already exists");
        }
        Map<String, String> tags = BackupSettings.checked(r.backupVaultTags());
        BackupVaultListMember vault = backup.vaults.put(
                r.backupVaultName(),
                BackupVaultListMember.builder()
                        .backupVaultName(r.backupVaultName())
                        .backupVaultArn(backup.arn("backup", "backup-vault:" + r.backupVaultName()))
                        .creationDate(backup.account.now())
                        .creatorRequestId(r.creatorRequestId())
                        .encryptionKeyArn(r.encryptionKeyArn())
                        .numberOfRecoveryPoints(0L)
                        .locked(false)
                        .build());
        backup.tags.put(vault.backupVaultArn(), new TreeMap<>(tags));
        return CreateBackupVaultResponse.builder()
                .backupVaultName(vault.backupVaultName())
                .backupVaultArn(vault.backupVaultArn())
                .creationDate(vault.creationDate())
                .build();
    }

    DescribeBackupVaultResponse describeBackupVault(DescribeBackupVaultRequest r) {
        // A missing vault is answered like one that the caller may not see.
        BackupVaultListMember vault = backup.vaults
                .find(r.backupVaultName())
                .orElseThrow(() -> AwsErrors.of(
                        "backup", 403, "AccessDeniedException", "Insufficient privileges to perform this action."));
        return DescribeBackupVaultResponse.builder()
                .backupVaultName(vault.backupVaultName())
                .backupVaultArn(vault.backupVaultArn())
                .creationDate(vault.creationDate())
                .encryptionKeyArn(vault.encryptionKeyArn())
                .creatorRequestId(vault.creatorRequestId())
                .numberOfRecoveryPoints(vault.numberOfRecoveryPoints())
                .locked(false)
                .build();
    }

    ListBackupVaultsResponse listBackupVaults(ListBackupVaultsRequest r) {
        Page<BackupVaultListMember> page =
                Page.of(backup.vaults.all(), r.maxResults(), r.nextToken(), backup.account.pageSize());
        return ListBackupVaultsResponse.builder()
                .backupVaultList(page.items())
                .nextToken(page.next())
                .build();
    }

    DeleteBackupVaultResponse deleteBackupVault(DeleteBackupVaultRequest r) {
        BackupVaultListMember vault = backup.vaults.get(r.backupVaultName());
        if (vault.numberOfRecoveryPoints() > 0) {
            throw Backup.refuse(
                    InvalidRequestException.builder(),
                    "InvalidRequestException",
                    "Backup vault cannot be deleted because it contains recovery points");
        }
        backup.vaults.remove(r.backupVaultName());
        backup.tags.remove(vault.backupVaultArn());
        return DeleteBackupVaultResponse.builder().build();
    }

    ListRecoveryPointsByBackupVaultResponse listRecoveryPointsByBackupVault(ListRecoveryPointsByBackupVaultRequest r) {
        backup.vaults.get(r.backupVaultName());
        return ListRecoveryPointsByBackupVaultResponse.builder()
                .recoveryPoints(List.of())
                .build();
    }
}
