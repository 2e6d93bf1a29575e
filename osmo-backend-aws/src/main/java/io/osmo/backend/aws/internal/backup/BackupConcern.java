// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.backup;

import io.osmo.backend.aws.EksFeature;
import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Caller;
import io.osmo.backend.aws.internal.Concern;
import io.osmo.backend.aws.internal.Reader;
import io.osmo.backend.aws.internal.encryption.EncryptionKey;
import io.osmo.backend.aws.internal.encryption.KeyAlias;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.backup.model.BackupVaultListMember;

/** Backup of a backend. */
public final class BackupConcern implements Concern {
    @Override
    public List<Reader> readers() {
        return List.of(new BackupReader());
    }

    @Override
    public List<Resource<?>> wanted(AwsContext aws, BackendSpec spec, Inventory inventory) {
        if (!spec.backup().enabled()) {
            return List.of();
        }
        List<Resource<?>> graph = new ArrayList<>();
        graph.add(new BackupVault(aws));
        graph.add(new BackupSchedule(aws, spec.backup().retentionDays()));
        if (aws.settings().offers(EksFeature.BACKUP_SELECTION)) {
            graph.add(new BackupAssignment(
                    aws,
                    inventory.attachment(Caller.class).orElseThrow(),
                    inventory
                            .attachment(BackupSupport.class)
                            .map(BackupSupport::eks)
                            .orElse(false)));
        }
        return graph;
    }

    @Override
    public Optional<Deletable<?>> owned(AwsContext aws, ResourceId id, Object observed) {
        return Optional.ofNullable(
                switch (id.kind()) {
                    case "backup-vault" -> new BackupVault(aws);
                    case "backup-plan" -> new BackupSchedule(aws, 1);
                    case "backup-selection" -> BackupAssignment.owned(aws);
                    default -> null;
                });
    }

    /** Backups outlive what they are backups of, and without their key they are worth nothing. */
    @Override
    public Set<ResourceId> kept(Inventory inventory) {
        return inventory
                .find(BackupVault.ID, BackupVaultListMember.class)
                .filter(BackupConcern::isFull)
                .map(vault -> Set.of(BackupVault.ID, EncryptionKey.ID, KeyAlias.ID))
                .orElseGet(Set::of);
    }

    private static boolean isFull(BackupVaultListMember vault) {
        return vault.numberOfRecoveryPoints() != null && vault.numberOfRecoveryPoints() > 0;
    }
}
