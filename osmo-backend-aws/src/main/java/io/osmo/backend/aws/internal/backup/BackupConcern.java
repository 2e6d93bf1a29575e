// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.backup;

import io.osmo.backend.aws.EksFeature;
import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Caller;
import io.osmo.backend.aws.internal.encryption.EncryptionKey;
import io.osmo.backend.aws.internal.encryption.KeyAlias;
import io.osmo.backend.aws.internal.encryption.ObservedKey;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.provider.Concern;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Backup of a backend. */
public final class BackupConcern implements Concern<AwsContext> {
    @Override
    public List<Needs> needs(Optional<BackendSpec> spec) {
        List<Needs> backup = List.of(BackupVault.NEEDS, BackupSchedule.NEEDS, BackupAssignment.NEEDS);
        return spec.isEmpty() || spec.get().backup().enabled()
                ? backup
                : backup.stream().map(Needs::removal).toList();
    }

    @Override
    public List<Reader<AwsContext>> readers() {
        return List.of(BackupReader.INSTANCE);
    }

    @Override
    public List<Resource<?>> wanted(AwsContext context, BackendSpec spec, Inventory inventory) {
        if (!spec.backup().enabled()) {
            return List.of();
        }
        List<Resource<?>> graph = new ArrayList<>();
        graph.add(new BackupVault(context));
        graph.add(new BackupSchedule(context, spec.backup().retentionDays()));
        if (context.offers(EksFeature.BACKUP_SELECTION)) {
            graph.add(new BackupAssignment(
                    context,
                    inventory
                            .attachment(BackupSupport.class)
                            .filter(BackupSupport::eks)
                            .map(eks ->
                                    Caller.of(inventory).arn("eks", context.region(), "cluster/" + context.name()))));
        }
        return graph;
    }

    @Override
    public Optional<Deletable<?>> owned(AwsContext context, ResourceId id, Object observed) {
        return Optional.ofNullable(
                switch (id.kind()) {
                    case "backup-vault" -> new BackupVault(context);
                    case "backup-plan" -> new BackupSchedule(context, 1);
                    case "backup-selection" -> new BackupAssignment(context, Optional.empty());
                    default -> null;
                });
    }

    @Override
    public List<String> warnings(AwsContext context, Optional<BackendSpec> spec, Inventory inventory) {
        Optional<String> key = inventory
                .find(EncryptionKey.ID, ObservedKey.class)
                .map(found -> found.key().arn());
        return inventory
                .find(BackupVault.ID, ObservedVault.class)
                .map(ObservedVault::vault)
                .filter(vault -> spec.filter(s -> s.backup().enabled()).isPresent()
                        && key.isPresent()
                        && vault.encryptionKeyArn() != null
                        && !key.get().equals(vault.encryptionKeyArn()))
                .map(vault -> "Vault " + vault.backupVaultName() + " encrypts backups with " + vault.encryptionKeyArn()
                        + ", not with the backend's key: keep both keys.")
                .stream()
                .toList();
    }

    /** Backups outlive what they are backups of, and are worthless without their key. */
    @Override
    public Set<ResourceId> kept(Inventory inventory) {
        return inventory
                .find(BackupVault.ID, ObservedVault.class)
                .map(ObservedVault::vault)
                .filter(vault -> vault.numberOfRecoveryPoints() != null && vault.numberOfRecoveryPoints() > 0)
                .map(vault -> Set.of(BackupVault.ID, EncryptionKey.ID, KeyAlias.ID))
                .orElseGet(Set::of);
    }
}
