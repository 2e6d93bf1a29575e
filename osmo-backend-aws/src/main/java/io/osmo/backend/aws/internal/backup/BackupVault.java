// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.backup;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.AwsResource;
import io.osmo.backend.aws.internal.encryption.EncryptionKey;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import io.osmo.backend.spi.provider.Names;
import io.osmo.backend.spi.provider.Needs;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.backup.model.BackupVaultListMember;
import software.amazon.awssdk.services.backup.model.CreateBackupVaultResponse;
import software.amazon.awssdk.services.backup.model.DescribeBackupVaultResponse;

/**
 * The vault that holds the recovery points, encrypted with the backend's key. It is identified by the request id of its creation,
 * which AWS Backup returns, unlike tags. AWS Backup answers the same for a missing vault as for one that the caller is not allowed
 * to read, so only the list of vaults proves that there is none.
 *
 * @see <a href="https://docs.aws.amazon.com/aws-backup/latest/devguide/API_DescribeBackupVault.html">AWS Backup:
 *     DescribeBackupVault</a>
 */
public final class BackupVault extends AwsResource<ObservedVault> implements Resource<ObservedVault> {
    public static final ResourceId ID = ResourceId.of("backup-vault", "main");

    /** What the calls below need. */
    public static final Needs NEEDS = Needs.of(ID.kind())
            .read("backup:DescribeBackupVault", "backup:ListBackupVaults", BackupTags.READ)
            .create(
                    "backup:CreateBackupVault",
                    BackupTags.WRITE,
                    "backup-storage:MountCapsule",
                    "kms:CreateGrant",
                    "kms:DescribeKey",
                    "kms:GenerateDataKey",
                    "kms:Decrypt",
                    "kms:RetireGrant")
            .update(BackupTags.WRITE)
            .delete("backup:DeleteBackupVault");

    private static final int NAME_LIMIT = 50;

    BackupVault(AwsContext context) {
        super(
                context,
                ID,
                ObservedVault.class,
                Set.of(EncryptionKey.ID),
                Timing.quick(),
                "backup vault " + name(context));
    }

    /** Name of the vault, and of the plan. */
    static String name(AwsContext context) {
        return Names.shortened("osmo-" + context.name(), NAME_LIMIT);
    }

    @Override
    public boolean billed() {
        return true;
    }

    @Override
    public String cloudId() {
        return name(context);
    }

    static Optional<BackupVaultListMember> find(AwsContext context) {
        try {
            DescribeBackupVaultResponse vault = context.call(
                    "backup:DescribeBackupVault",
                    () -> context.backup().describeBackupVault(r -> r.backupVaultName(name(context))));
            return Optional.of(BackupVaultListMember.builder()
                    .backupVaultName(vault.backupVaultName())
                    .backupVaultArn(vault.backupVaultArn())
                    .encryptionKeyArn(vault.encryptionKeyArn())
                    .creatorRequestId(vault.creatorRequestId())
                    .numberOfRecoveryPoints(vault.numberOfRecoveryPoints())
                    .build());
        } catch (CloudException absent) {
            if (absent.error() != CloudError.NOT_FOUND && absent.error() != CloudError.NOT_AUTHORIZED) {
                throw absent;
            }
            return listed(context);
        }
    }

    private static Optional<BackupVaultListMember> listed(AwsContext context) {
        return context.call(
                "backup:ListBackupVaults",
                () -> context.backup().listBackupVaultsPaginator(r -> r.maxResults(1000)).backupVaultList().stream()
                        .filter(vault -> name(context).equals(vault.backupVaultName()))
                        .findFirst());
    }

    static boolean isOurs(AwsContext context, BackupVaultListMember vault) {
        return context.isRequestId(ID, vault.creatorRequestId());
    }

    static ObservedVault tagged(AwsContext context, BackupVaultListMember vault) {
        return new ObservedVault(vault, BackupTags.of(context, vault.backupVaultArn()));
    }

    @Override
    public Optional<ObservedVault> read(State state) {
        return find(context).filter(vault -> isOurs(context, vault)).map(vault -> tagged(context, vault));
    }

    /** Backups stay readable with the key that they were made with; a vault keeps its key for good. */
    @Override
    public List<FieldChange> compare(ObservedVault observed, State state) {
        return compareTags(observed.tags());
    }

    @Override
    public Optional<String> irreplaceable(ObservedVault observed) {
        return Optional.of(
                "Vault " + observed.vault().backupVaultName() + " holds backups: copy them to another vault first.");
    }

    @Override
    public Disruption deletionDisruption() {
        return Disruption.DATA;
    }

    @Override
    public ObservedVault create(State state) {
        String key = EncryptionKey.arn(state);
        String request = context.requestId(ID);
        CreateBackupVaultResponse made = context.call(
                "backup:CreateBackupVault",
                () -> context.backup()
                        .createBackupVault(r -> r.backupVaultName(name(context))
                                .encryptionKeyArn(key)
                                .creatorRequestId(request)
                                .backupVaultTags(tags())));
        return new ObservedVault(
                BackupVaultListMember.builder()
                        .backupVaultName(made.backupVaultName())
                        .backupVaultArn(made.backupVaultArn())
                        .encryptionKeyArn(key)
                        .creatorRequestId(request)
                        .build(),
                tags());
    }

    @Override
    public void update(ObservedVault observed, List<FieldChange> changes, State state) {
        BackupTags.add(context, observed.vault().backupVaultArn(), tags());
    }

    @Override
    public void delete(ObservedVault observed, State state) {
        context.delete(
                "backup:DeleteBackupVault",
                () -> context.backup()
                        .deleteBackupVault(
                                r -> r.backupVaultName(observed.vault().backupVaultName())));
    }
}
