// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.backup;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.AwsResource;
import io.osmo.backend.aws.internal.encryption.EncryptionKey;
import io.osmo.backend.aws.internal.encryption.ObservedKey;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import io.osmo.backend.spi.provider.Names;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.backup.model.BackupVaultListMember;
import software.amazon.awssdk.services.backup.model.CreateBackupVaultResponse;
import software.amazon.awssdk.services.backup.model.DescribeBackupVaultResponse;

/**
 * The vault that holds the recovery points, encrypted with the backend's key. It is ours when it was created with our request
 * id, which AWS Backup answers, unlike tags. A vault that is not there answers as one that may not be read, so that absence
 * is believed only of the list of vaults.
 *
 * @see <a href="https://docs.aws.amazon.com/aws-backup/latest/devguide/API_DescribeBackupVault.html">AWS Backup:
 *     DescribeBackupVault</a>
 */
public final class BackupVault extends AwsResource<BackupVaultListMember> {
    public static final ResourceId ID = ResourceId.of("backup-vault", "main");

    private static final int NAME_LIMIT = 50;

    BackupVault(AwsContext aws) {
        super(
                aws,
                ID,
                BackupVaultListMember.class,
                Set.of(EncryptionKey.ID),
                Timing.quick(),
                "backup vault " + name(aws));
    }

    static String name(AwsContext aws) {
        return Names.shortened("osmo-" + aws.name(), NAME_LIMIT);
    }

    static String requestId(AwsContext aws) {
        return aws.token(ID);
    }

    static Optional<BackupVaultListMember> find(AwsContext aws) {
        try {
            return Optional.of(aws.call("backup:DescribeBackupVault", () -> {
                DescribeBackupVaultResponse vault =
                        aws.clients().backup().describeBackupVault(r -> r.backupVaultName(name(aws)));
                return BackupVaultListMember.builder()
                        .backupVaultName(vault.backupVaultName())
                        .backupVaultArn(vault.backupVaultArn())
                        .encryptionKeyArn(vault.encryptionKeyArn())
                        .creatorRequestId(vault.creatorRequestId())
                        .numberOfRecoveryPoints(vault.numberOfRecoveryPoints())
                        .build();
            }));
        } catch (CloudException absent) {
            if (absent.error() != CloudError.NOT_FOUND && absent.error() != CloudError.NOT_AUTHORISED) {
                throw absent;
            }
            return listed(aws);
        }
    }

    private static Optional<BackupVaultListMember> listed(AwsContext aws) {
        return aws.call(
                "backup:ListBackupVaults",
                () ->
                        aws
                                .clients()
                                .backup()
                                .listBackupVaultsPaginator(r -> r.maxResults(1000))
                                .backupVaultList()
                                .stream()
                                .filter(vault -> name(aws).equals(vault.backupVaultName()))
                                .findFirst());
    }

    static boolean isOurs(AwsContext aws, BackupVaultListMember vault) {
        return requestId(aws).equals(vault.creatorRequestId());
    }

    @Override
    public Optional<BackupVaultListMember> read(State state) {
        return find(aws).filter(vault -> isOurs(aws, vault));
    }

    @Override
    public List<FieldChange> compare(BackupVaultListMember observed, State state) {
        String key = state.require(EncryptionKey.ID, ObservedKey.class).arn();
        return observed.encryptionKeyArn() == null || key.equals(observed.encryptionKeyArn())
                ? List.of()
                : List.of(FieldChange.replacing("encryptionKeyArn", observed.encryptionKeyArn(), key));
    }

    @Override
    public BackupVaultListMember create(State state) {
        String key = state.require(EncryptionKey.ID, ObservedKey.class).arn();
        Map<String, String> tags = aws.tags().of(ID);
        CreateBackupVaultResponse made = aws.call(
                "backup:CreateBackupVault",
                () -> aws.clients()
                        .backup()
                        .createBackupVault(r -> r.backupVaultName(name(aws))
                                .encryptionKeyArn(key)
                                .creatorRequestId(requestId(aws))
                                .backupVaultTags(tags)));
        return BackupVaultListMember.builder()
                .backupVaultName(made.backupVaultName())
                .backupVaultArn(made.backupVaultArn())
                .encryptionKeyArn(key)
                .creatorRequestId(requestId(aws))
                .build();
    }

    @Override
    public void update(BackupVaultListMember observed, List<FieldChange> changes, State state) {
        throw new IllegalStateException("a vault has nothing that is changed in place");
    }

    @Override
    public void delete(BackupVaultListMember observed, State state) {
        aws.delete(
                "backup:DeleteBackupVault",
                () -> aws.clients().backup().deleteBackupVault(r -> r.backupVaultName(observed.backupVaultName())));
    }
}
